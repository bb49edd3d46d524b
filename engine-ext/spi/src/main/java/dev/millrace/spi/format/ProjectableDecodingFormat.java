// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

/** A format that converts only the columns that are read, as Flink's of this name. */
public interface ProjectableDecodingFormat extends DecodingFormat {
  /**
   * The same records as rows of these columns only.
   *
   * @param columns ascending positions in the schema; may be empty
   */
  DecodingFormat project(int[] columns);
}
