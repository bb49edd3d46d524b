// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.Optional;

/**
 * A source that can read fewer columns than its table has, as Flink's {@code
 * SupportsProjectionPushDown}. Asked at validation, any thread, at most once per script: with the
 * columns all its statements read.
 */
public interface ProjectableSource extends TableSource {
  /**
   * A source of the same rows with these columns only. What is wrong with the others is not found:
   * they are not converted.
   *
   * @param columns ascending positions in the table's {@link TableContext#schema()}; empty where
   *     rows are counted only
   * @return empty if all columns must be read
   */
  Optional<TableSource> project(int[] columns);
}
