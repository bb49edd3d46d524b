// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Path;

/** The errors of this module. */
final class CliErrors {
  private CliErrors() {}

  static MillraceException notAPath(String path, RuntimeException cause) {
    return new MillraceException(
        ErrorCode.of("CLI", ErrorCategory.SQL, 1),
        "'%s' is no path: %s".formatted(path, cause.getMessage()),
        cause);
  }

  static MillraceException deadLetterFile(Path file, IOException cause) {
    return new MillraceException(
        ErrorCode.of("CLI", ErrorCategory.CONNECTOR, 2),
        "cannot write dead letters to %s: %s".formatted(file, cause),
        cause);
  }
}
