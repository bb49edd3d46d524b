// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.kernel.DelayedColumn;
import dev.millrace.runtime.kernel.WatermarkKernel;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Times here are milliseconds; the watermark is the row's time less a second. */
class WatermarkOperatorTest {
  private static final RowType TYPE = RowType.of(new Column("at", DataType.timestamp(3)));
  private static final long MILLI = 1000;

  private final List<String> seen = new ArrayList<>();
  private final Output out =
      new Output() {
        @Override
        public void rows(RowBatch batch) {
          for (int row = 0; row < batch.size(); row++) {
            seen.add("" + batch.getLong(row, 0) / MILLI);
          }
        }

        @Override
        public void watermark(long micros) {
          seen.add(micros == Long.MAX_VALUE ? "~end" : "~" + micros / MILLI);
        }
      };
  private final WatermarkKernel secondBehind =
      (in, micros) -> {
        for (int row = 0; row < in.size(); row++) {
          micros[row] =
              in.isNull(row, 0) ? WatermarkKernel.NONE : in.getLong(row, 0) - 1000 * MILLI;
        }
      };
  private final WatermarkOperator operator =
      new WatermarkOperator(secondBehind, TYPE, 0, 200 * MILLI, true);
  private final List<Integer> dead = new ArrayList<>();

  @BeforeEach
  void open() {
    open(operator);
  }

  private void open(WatermarkOperator opened) {
    opened.open(
        new OperatorContext() {
          @Override
          public void late(long rows) {
            throw new AssertionError("nothing is late here");
          }

          @Override
          public void deadLetter(RowBatch batch, int row, Exception cause) {
            dead.add(row);
          }
        });
  }

  private void feed(Long... millis) throws Exception {
    feed(operator, millis);
  }

  private void feed(WatermarkOperator to, Long... millis) throws Exception {
    feed(to, null, 0, millis);
  }

  private void feed(Splits splits, int split, Long... millis) throws Exception {
    feed(operator, splits, split, millis);
  }

  private void feed(WatermarkOperator to, Splits splits, int split, Long... millis)
      throws Exception {
    RowBatch batch = new RowBatch(TYPE);
    batch.split(splits, split);
    for (Long milli : millis) {
      int row = batch.add(ChangeKind.INSERT);
      if (milli == null) {
        batch.setNull(row, 0);
      } else {
        batch.setLong(row, 0, milli * MILLI);
      }
    }
    to.rows(0, batch, out);
  }

  @Test
  void watermarkComesOnlyMoreThanAnIntervalAhead() throws Exception {
    feed(1_200L);
    assertThat(seen).containsExactly("1200");
    feed(1_201L);
    assertThat(seen).containsExactly("1200", "1201", "~201");
    feed(1_401L, 1_402L);
    assertThat(seen).endsWith("1401", "1402", "~402");
  }

  @Test
  void aPartThatFallsSilentIsNotWaitedForThoughNoRowComes() throws Exception {
    feed(new Splits(List.of("t/0", "t/1"), new boolean[2]), 0, 10_000L);
    operator.parts(new Splits(List.of("t/0", "t/1"), new boolean[] {true, true}), out);
    assertThat(seen).containsExactly("10000");
    operator.parts(new Splits(List.of("t/0", "t/1"), new boolean[] {false, true}), out);
    assertThat(seen).containsExactly("10000", "~9000");
  }

  @Test
  void eventTimeIsThatOfTheSlowestPartOfTheSource() throws Exception {
    Splits two = new Splits(List.of("t/0", "t/1"), new boolean[2]);
    feed(two, 0, 10_000L, 20_000L);
    assertThat(seen).containsExactly("10000", "20000");
    feed(two, 1, 5_000L, 3_000L);
    assertThat(seen).endsWith("5000", "~4000", "3000");
    feed(two, 1, 30_000L);
    assertThat(seen).endsWith("30000", "~19000");
    feed(two, 0, 21_000L);
    assertThat(seen).endsWith("21000", "~20000");
  }

  @Test
  void aSilentPartHoldsNothingUpAndOneThatIsNewDoes() throws Exception {
    feed(new Splits(List.of("t/0", "t/1"), new boolean[2]), 0, 10_000L);
    assertThat(seen).containsExactly("10000");
    feed(new Splits(List.of("t/0", "t/1"), new boolean[] {false, true}), 0, 10_001L);
    assertThat(seen).endsWith("10001", "~9000");
    Splits three = new Splits(List.of("t/0", "t/1", "t/2"), new boolean[3]);
    feed(three, 0, 50_000L);
    feed(three, 1, 50_000L);
    assertThat(seen).endsWith("50000", "50000");
    feed(three, 2, 12_000L);
    assertThat(seen).endsWith("12000", "~11000");
  }

  @Test
  void partsAreKnownByTheirNamesAfterARestart() throws Exception {
    Splits two = new Splits(List.of("t/0", "t/1"), new boolean[2]);
    feed(two, 0, 10_000L);
    feed(two, 1, 5_000L);
    StateWriter state = new StateWriter(1 << 20);
    operator.snapshot(state);
    WatermarkOperator restarted = new WatermarkOperator(secondBehind, TYPE, 0, 200 * MILLI, true);
    restarted.restore(new StateReader(state.toByteArray(), 1 << 20));
    RowBatch batch = new RowBatch(TYPE);
    batch.split(new Splits(List.of("t/1", "t/0"), new boolean[2]), 0);
    batch.setLong(batch.add(ChangeKind.INSERT), 0, 8_000L * MILLI);
    restarted.rows(0, batch, out);
    assertThat(seen).endsWith("8000", "~7000");
  }

  @Test
  void batchIsSplitBeforeARowBehindADueWatermark() throws Exception {
    feed(5_000L, 4_500L, 3_999L, 4_001L);
    assertThat(seen).containsExactly("5000", "4500", "~4000", "3999", "4001");
  }

  @Test
  void splitDoesNotDependOnBatches() throws Exception {
    for (Long milli : new Long[] {5_000L, 4_500L, 3_999L, 4_001L}) {
      feed(milli);
    }
    assertThat(seen).containsExactly("5000", "~4000", "4500", "3999", "4001");
  }

  @Test
  void delayedColumnMakesTheSameWatermarksAsItsValuesRowByRow() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    WatermarkOperator delayed =
        new WatermarkOperator(new DelayedColumn(0, 1000 * MILLI), TYPE, 0, 200 * MILLI, true);
    open(delayed);
    long now = 0;
    for (int i = 0; i < 2_000; i++) {
      Long[] millis = new Long[random.nextInt(1, 12)];
      for (int row = 0; row < millis.length; row++) {
        now += random.nextInt(20);
        millis[row] = random.nextInt(100) == 0 ? null : Long.valueOf(now - random.nextInt(100));
      }
      feed(operator, millis);
      List<String> expected = List.copyOf(seen);
      seen.clear();
      feed(delayed, millis);
      assertThat(seen).isEqualTo(expected);
      seen.clear();
    }
    assertThat(dead).isNotEmpty();
  }

  @Test
  void pauseBringsTheRest() throws Exception {
    feed(1_100L);
    operator.pause(out);
    operator.pause(out);
    assertThat(seen).containsExactly("1100", "~100");
  }

  @Test
  void watermarksFromBeforeAreIgnoredButTheLast() throws Exception {
    feed(5_000L);
    operator.watermark(9_000_000, out);
    operator.watermark(Long.MAX_VALUE, out);
    assertThat(seen).containsExactly("5000", "~4000", "~end");
  }

  @Test
  void rowWithoutTimeIsDead() throws Exception {
    feed(5_000L, null, 6_000L);
    assertThat(seen).containsExactly("5000", "6000", "~5000");
    assertThat(dead).containsExactly(1);
  }
}
