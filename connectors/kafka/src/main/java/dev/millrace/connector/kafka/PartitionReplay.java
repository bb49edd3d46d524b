// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.Offsets.Place;
import dev.millrace.spi.connector.PartedSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.row.RowBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads partitions once more, each as far as it was read before, mixed as the caller wants.
 * Single-threaded.
 *
 * <p>The broker mixes them as it likes: records that are not wanted yet wait here, and a partition
 * of which enough do is paused. So what waits is bounded by the number of partitions.
 */
final class PartitionReplay implements PartedSource.PartReader {
  private static final long ENOUGH_BYTES = 1 << 20;

  /** A partition, and its records that wait. */
  private static final class Waiting {
    private final TopicPartition partition;

    /** Of the first record that was never read. */
    private final long end;

    /** Where reading goes on, perhaps within a record. */
    private final Place goesOn;

    private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private long bytes;

    Waiting(TopicPartition partition, Place end) {
      this.partition = partition;
      goesOn = end;
      this.end = end.rows() == 0 ? end.offset() : end.offset() + 1;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
      if (record.offset() < end) {
        records.add(record);
        bytes += size(record);
      }
    }

    void addFirst(ConsumerRecord<byte[], byte[]> record) {
      records.addFirst(record);
      bytes += size(record);
    }

    ConsumerRecord<byte[], byte[]> next() {
      ConsumerRecord<byte[], byte[]> record = records.remove();
      bytes -= size(record);
      return record;
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
      return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
  }

  private final KafkaSource source;
  private final Consumer<byte[], byte[]> consumer;
  private final PlacedRows rows;
  private final Map<String, Waiting> byName = new HashMap<>();
  private final Map<TopicPartition, Waiting> byPartition = new HashMap<>();

  /**
   * @param rows whose offsets say where to begin; a partition they do not name was found later and
   *     begins with its oldest record
   */
  PartitionReplay(
      KafkaSource source, Consumer<byte[], byte[]> consumer, PlacedRows rows, Offsets ends) {
    this.source = source;
    this.consumer = consumer;
    this.rows = rows;
    for (TopicPartition partition : ends.partitions()) {
      Waiting waiting = new Waiting(partition, ends.get(partition));
      byName.put(PartitionSplits.name(partition), waiting);
      byPartition.put(partition, waiting);
    }
    assign();
  }

  private void assign() {
    Collection<TopicPartition> partitions = byPartition.keySet();
    List<TopicPartition> fresh = new ArrayList<>(partitions);
    fresh.removeAll(rows.offsets().partitions());
    if (!fresh.isEmpty()) {
      consumer
          .beginningOffsets(fresh)
          .forEach((partition, offset) -> rows.offsets().put(partition, new Place(offset, 0)));
    }
    Map<TopicPartition, Long> newest = consumer.endOffsets(partitions);
    byPartition.forEach(
        (partition, waiting) -> {
          if (newest.get(partition) < waiting.end) {
            throw KafkaErrors.cutShort(
                source.table(), partition, waiting.end, newest.get(partition));
          }
        });
    consumer.assign(partitions);
    partitions.forEach(
        partition -> consumer.seek(partition, rows.offsets().get(partition).offset()));
  }

  @Override
  public RowSource.Status poll(String part, RowBatch batch) throws Exception {
    Waiting wanted = byName.get(part);
    if (wanted == null) {
      return RowSource.Status.END;
    }
    return Clients.reading(source, () -> read(wanted, batch));
  }

  private RowSource.Status read(Waiting wanted, RowBatch batch) throws Exception {
    leaveOther(wanted);
    while (!batch.isFull()) {
      if (wanted.goesOn.equals(rows.offsets().get(wanted.partition))) {
        return RowSource.Status.END;
      }
      if (!rows.hasNext()) {
        if (wanted.records.isEmpty()) {
          return fetch(wanted);
        }
        rows.begin(wanted.next());
      }
      rows.give(batch);
    }
    return RowSource.Status.MORE;
  }

  /** A record of another partition may not have given all its rows: it waits for its turn. */
  private void leaveOther(Waiting wanted) {
    if (rows.hasNext() && !rows.partition().equals(wanted.partition)) {
      byPartition.get(rows.partition()).addFirst(rows.leave());
    }
  }

  private RowSource.Status fetch(Waiting wanted) {
    if (isFetched(wanted)) {
      return RowSource.Status.END;
    }
    List<TopicPartition> enough = new ArrayList<>();
    List<TopicPartition> more = new ArrayList<>();
    byPartition.forEach(
        (partition, waiting) ->
            (waiting.bytes >= ENOUGH_BYTES || isFetched(waiting) ? enough : more).add(partition));
    consumer.pause(enough);
    consumer.resume(more);
    for (ConsumerRecord<byte[], byte[]> record : Clients.poll(source, consumer)) {
      byPartition.get(PlacedRows.partition(record)).add(record);
    }
    return wanted.records.isEmpty() ? RowSource.Status.IDLE : RowSource.Status.MORE;
  }

  private boolean isFetched(Waiting waiting) {
    return consumer.position(waiting.partition) >= waiting.end;
  }
}
