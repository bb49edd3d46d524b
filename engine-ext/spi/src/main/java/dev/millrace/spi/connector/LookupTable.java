// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

/**
 * A {@link TableSource} that can be asked by key: {@code JOIN t FOR SYSTEM_TIME AS OF proctime}.
 */
public interface LookupTable extends TableSource {
  /**
   * @param keyColumns positions in the table's schema that the join compares for equality
   */
  RowLookup openLookup(int[] keyColumns, SourceContext context) throws Exception;
}
