// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotNullOperatorTest {
  private static final RowType TYPE =
      RowType.of(new Column("id", DataType.INT), new Column("name", DataType.STRING));

  private final List<String> rows = new ArrayList<>();
  private final List<String> dead = new ArrayList<>();

  @Test
  void aRowWithNullIsDeadAndNamesTheColumn() throws Exception {
    run(false, "a", null, "c");
    assertThat(rows).containsExactly("+I[0, a]", "+I[2, c]");
    assertThat(dead)
        .singleElement()
        .satisfies(text -> assertThat(text).contains("+I[1, null]", "'name' is NOT NULL"));
  }

  @Test
  void aRowWithNullIsDroppedWhereTheScriptSaysSo() throws Exception {
    run(true, null, "b");
    assertThat(rows).containsExactly("+I[1, b]");
    assertThat(dead).isEmpty();
  }

  @Test
  void nothingButNullsEmitsNothing() throws Exception {
    run(true, null, null);
    assertThat(rows).isEmpty();
  }

  private void run(boolean drop, String... names) throws Exception {
    NotNullOperator operator = new NotNullOperator(TYPE, new int[] {1}, drop);
    operator.open(
        new OperatorContext() {
          @Override
          public void late(long count) {
            throw new AssertionError("no row is late here");
          }

          @Override
          public void deadLetter(RowBatch batch, int row, Exception cause) {
            dead.add(batch.rowToString(row) + " " + cause.getMessage());
          }
        });
    RowBatch batch = new RowBatch(TYPE);
    for (int i = 0; i < names.length; i++) {
      int row = batch.add(ChangeKind.INSERT);
      batch.setInt(row, 0, i);
      batch.setString(row, 1, names[i]);
    }
    operator.rows(
        0,
        batch,
        new Output() {
          @Override
          public void rows(RowBatch emitted) {
            assertThat(emitted.isEmpty()).isFalse();
            for (int row = 0; row < emitted.size(); row++) {
              rows.add(emitted.rowToString(row));
            }
          }

          @Override
          public void watermark(long micros) {
            throw new AssertionError("no watermark was sent");
          }
        });
  }
}
