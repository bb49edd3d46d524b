// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionSplitsTest {
  private static final TopicPartition ONE = new TopicPartition("t", 0);
  private static final TopicPartition TWO = new TopicPartition("t", 1);

  private final RowBatch batch = new RowBatch(RowType.of(new Column("a", DataType.INT)));
  private long nowMs = 5_000;
  private final PartitionSplits splits =
      new PartitionSplits(() -> TimeUnit.MILLISECONDS.toNanos(nowMs), TimeUnit.SECONDS.toNanos(10));

  PartitionSplitsTest() {
    splits.add(List.of(ONE, TWO));
  }

  /** Rows of the first partition alone come for so long, as fast as they are read. */
  private void listen(long lookMs, long forMs) {
    for (long end = nowMs + forMs; nowMs < end; ) {
      nowMs += lookMs;
      splits.mark(batch, ONE);
      splits.listen(partition -> true);
    }
    splits.mark(batch, ONE);
  }

  private boolean secondIsSilent() {
    return batch.splits().isSilent(1);
  }

  @Test
  void aPartitionNobodyHearsForTenSecondsIsSilent() {
    listen(500, 9_500);
    assertThat(secondIsSilent()).isFalse();
    listen(500, 1_000);
    assertThat(secondIsSilent()).isTrue();
    splits.mark(batch, TWO);
    assertThat(secondIsSilent()).isFalse();
  }

  @Test
  void timeInWhichNobodyListenedMakesNothingSilent() {
    listen(500, 5_000);
    listen(60_000, 60_000);
    assertThat(secondIsSilent()).isFalse();
    listen(500, 4_500);
    assertThat(secondIsSilent()).isTrue();
  }

  @Test
  void aReaderThatIsAlwaysSlowHearsSilenceToo() {
    listen(3_000, 30_000);
    assertThat(secondIsSilent()).isTrue();
  }
}
