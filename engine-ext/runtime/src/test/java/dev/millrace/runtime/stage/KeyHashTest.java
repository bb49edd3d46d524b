// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import org.junit.jupiter.api.Test;

class KeyHashTest {
  private static final int LANES = 4;

  @Test
  void lanesGetSimilarSharesOfNeighbouringKeys() {
    RowType type = RowType.of(new Column("k", DataType.BIGINT), new Column("s", DataType.STRING));
    RowBatch batch = new RowBatch(type, 4_000);
    for (int i = 0; i < 4_000; i++) {
      int row = batch.add(ChangeKind.INSERT);
      batch.setLong(row, 0, i * 1000L);
      batch.setString(row, 1, "key" + i);
    }
    for (int[] keys : new int[][] {{0}, {1}, {0, 1}}) {
      int[] targets = new int[4_000];
      KeyHash.lanes(batch, keys, LANES, targets);
      int[] shares = new int[LANES];
      for (int target : targets) {
        shares[target]++;
      }
      for (int share : shares) {
        assertThat(share).isBetween(850, 1_150);
      }
    }
  }

  @Test
  void equalKeysOfDifferentTypesMeet() {
    RowBatch ints = new RowBatch(RowType.of(new Column("k", DataType.INT)));
    RowBatch wides = new RowBatch(RowType.of(new Column("k", DataType.decimal(38, 0))));
    for (int i = 0; i < 200; i++) {
      ints.setInt(ints.add(ChangeKind.INSERT), 0, i);
      wides.setDecimal(wides.add(ChangeKind.INSERT), 0, java.math.BigDecimal.valueOf(i));
    }
    int[] a = new int[200];
    int[] b = new int[200];
    KeyHash.lanes(ints, new int[] {0}, LANES, a);
    KeyHash.lanes(wides, new int[] {0}, LANES, b);
    assertThat(a).isEqualTo(b);
  }
}
