// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

/**
 * How records and fields are marked.
 *
 * @param delimiter between fields
 * @param quote around a field; {@link #NONE} without quoting
 * @param escape before a character that is to be taken literally; {@link #NONE} without
 * @param comments true if a line whose first visible character is {@code #} is left out
 * @param trimSpaces true if white space around an unquoted field is left out
 */
record CsvDialect(char delimiter, int quote, int escape, boolean comments, boolean trimSpaces) {
  static final int NONE = -1;
}
