// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.nio.file.Path;

/**
 * A {@link Services service}: which files a script may touch. Thread-safe.
 *
 * <p>In a server, a path is {@code <root>/<relative>} with a configured root; the command line
 * allows any path.
 */
public interface FileRoots {
  /**
   * The file a script's path stands for.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, if the path lies outside what is
   *     allowed; the message names what is
   */
  Path resolve(String path);
}
