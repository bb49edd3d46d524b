// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.error;

/**
 * A place in a script.
 *
 * @param file the script's name, as the user knows it
 * @param line from 1
 * @param column from 1
 */
public record Location(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
