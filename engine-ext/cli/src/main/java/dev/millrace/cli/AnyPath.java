// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.net.URI;
import java.nio.file.Path;

/** Any path, relative to the working directory; also as a {@code file:} URI, as Flink has it. */
final class AnyPath {
  private AnyPath() {}

  static Path resolve(String path) {
    try {
      return path.startsWith("file:") ? Path.of(URI.create(path).getPath()) : Path.of(path);
    } catch (IllegalArgumentException e) {
      throw CliErrors.notAPath(path, e);
    }
  }
}
