// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.datagen;

import dev.millrace.spi.row.RowBatch;

/** Makes the values of one column. Stateless. */
interface FieldGenerator {
  /**
   * @param number of the row in the source, from 0
   * @param random started for that row
   */
  void set(RowBatch batch, int row, int column, long number, RowRandom random);

  /** NULL at a rate from 0 to 1, else the value. */
  default FieldGenerator withNulls(double rate) {
    return rate <= 0
        ? this
        : (batch, row, column, number, random) -> {
          if (random.nextDouble() < rate) {
            batch.setNull(row, column);
          } else {
            set(batch, row, column, number, random);
          }
        };
  }
}
