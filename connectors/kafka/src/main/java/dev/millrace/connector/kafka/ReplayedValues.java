// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Rows of values that were kept, without a broker. Single-threaded. */
final class ReplayedValues implements RowSource {
  private static final String TOPIC = "replayed";

  private final RecordRows rows;
  private final Iterator<byte[]> values;
  private boolean begun;

  ReplayedValues(RecordRows rows, Iterator<byte[]> values) {
    this.rows = rows;
    this.values = values;
  }

  /** A value that is bad again fails the replay. */
  @Override
  public Status poll(RowBatch batch) throws IOException {
    while (!batch.isFull() && (begun || values.hasNext())) {
      if (!begun) {
        rows.begin(new ConsumerRecord<>(TOPIC, 0, 0, null, values.next()), 0);
      }
      begun = rows.add(batch);
    }
    return begun || values.hasNext() ? Status.MORE : Status.END;
  }
}
