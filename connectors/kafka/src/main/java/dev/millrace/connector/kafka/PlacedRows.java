// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.Offsets.Place;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.row.RowBatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Turns records into rows, one record at a time, and keeps how far each partition has come.
 * Single-threaded.
 */
final class PlacedRows {
  private final RecordRows rows;
  private final SourceContext context;
  private final Offsets offsets;

  /** Not all of whose rows have been given; else null. */
  private ConsumerRecord<byte[], byte[]> record;

  PlacedRows(KafkaSource source, SourceContext context, Offsets offsets) {
    rows = new RecordRows(source);
    this.context = context;
    this.offsets = offsets;
  }

  Offsets offsets() {
    return offsets;
  }

  /** Whether rows of a record are left. */
  boolean hasNext() {
    return record != null;
  }

  /** Of the record at hand. */
  TopicPartition partition() {
    return partition(record);
  }

  static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** Goes to a record; rows of it that were given before are not given again. */
  void begin(ConsumerRecord<byte[], byte[]> next) {
    record = next;
    Place place = offsets.get(partition(next));
    rows.begin(next, place.offset() == next.offset() ? place.rows() : 0);
  }

  /** Leaves the record at hand, to be begun once more later. */
  ConsumerRecord<byte[], byte[]> leave() {
    ConsumerRecord<byte[], byte[]> left = record;
    record = null;
    return left;
  }

  /** Adds rows of the record at hand; the rest of one that is bad is a dead letter. */
  void give(RowBatch batch) throws Exception {
    boolean more;
    try {
      more = rows.add(batch);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      more = false;
      byte[] value = record.value() == null ? new byte[0] : record.value();
      context.deadLetter(value, place(record), e);
    }
    offsets.put(
        partition(),
        more ? new Place(record.offset(), rows.given()) : new Place(record.offset() + 1, 0));
    if (!more) {
      record = null;
    }
  }

  /** For a person. */
  private static String place(ConsumerRecord<?, ?> record) {
    return record.topic() + "/" + record.partition() + "/" + record.offset();
  }
}
