// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import java.nio.file.Path;

/** The errors of this module. */
final class FilesystemErrors {
  private static final String RANGE = "FILE";

  private FilesystemErrors() {}

  static MillraceException noFilesOffered(String table) {
    return error(
        ErrorCategory.SQL,
        1,
        "table '%s': no folders are configured here, so 'filesystem' cannot be used"
            .formatted(table));
  }

  static MillraceException messagesOnly(String table, String format) {
    return error(
        ErrorCategory.SQL,
        2,
        "table '%s': format '%s' is one of messages, such as a topic's records; files of it are not"
                .formatted(table, format)
            + " supported");
  }

  static MillraceException missing(String table, Path path) {
    return error(
        ErrorCategory.CONNECTOR,
        3,
        "table '%s': there is no file or folder %s".formatted(table, path));
  }

  static MillraceException linkLeavesFolder(String table, Path link, Path target) {
    return error(
        ErrorCategory.CONNECTOR,
        4,
        "table '%s': the link %s leads out of its folder, to %s".formatted(table, link, target));
  }

  static MillraceException notAFolder(String table, Path path) {
    return error(
        ErrorCategory.CONNECTOR,
        5,
        "table '%s' writes into a folder, but %s is a file".formatted(table, path));
  }

  static MillraceException gone(String table, String file) {
    return error(
        ErrorCategory.CONNECTOR,
        6,
        "table '%s' was read up to the middle of file %s, which is no longer there; put it back, or"
                .formatted(table, file)
            + " let the pipeline forget its positions");
  }

  static MillraceException shorterThanRead(String table, String file) {
    return error(
        ErrorCategory.DATA,
        7,
        "table '%s': file %s is shorter than what was read of it before; files must not change while"
                .formatted(table, file)
            + " they are read");
  }

  private static MillraceException error(ErrorCategory category, int number, String message) {
    return new MillraceException(ErrorCode.of(RANGE, category, number), message);
  }
}
