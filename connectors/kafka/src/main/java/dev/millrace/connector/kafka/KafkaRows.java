// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.Offsets.Place;
import dev.millrace.spi.connector.LaggingSource;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.row.RowBatch;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads records of assigned partitions and turns them into rows. Single-threaded.
 *
 * <p>The broker's group is not joined and nothing is committed there: who runs the script keeps
 * {@link #position()} with what became of the rows.
 */
final class KafkaRows implements RewindableSource, LaggingSource {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final KafkaSource source;
  private final LongSupplier nanoClock;
  private final RecordRows rows;
  private final SourceContext context;
  private Offsets offsets = new Offsets();
  private Consumer<byte[], byte[]> consumer;
  private Partitions partitions;
  private final PartitionSplits splits;
  private Iterator<ConsumerRecord<byte[], byte[]>> records = Collections.emptyIterator();

  /** How many of these there are. */
  private int fetched;

  /** Not all of whose rows have been given; else null. */
  private ConsumerRecord<byte[], byte[]> record;

  KafkaRows(KafkaSource source, SourceContext context, LongSupplier nanoClock) {
    this.source = source;
    this.context = context;
    this.nanoClock = nanoClock;
    rows = new RecordRows(source);
    splits = new PartitionSplits(nanoClock, SILENCE.toNanos());
  }

  @Override
  public String position() {
    return offsets.toString();
  }

  @Override
  public void seek(String position) {
    offsets = Offsets.parse(source.table(), position);
  }

  /** Records, which mostly are a row each. */
  @Override
  public OptionalLong lag() {
    return partitions == null
        ? OptionalLong.empty()
        : OptionalLong.of(fetched + partitions.lag(offsets));
  }

  @Override
  public Status poll(RowBatch batch) throws Exception {
    try {
      return read(batch);
    } catch (InterruptException e) {
      throw Clients.interrupted(e);
    } catch (KafkaException e) {
      throw KafkaErrors.failed("reading table '" + source.table() + "'", source.cluster(), e);
    }
  }

  private Status read(RowBatch batch) throws Exception {
    if (consumer == null) {
      connect();
    }
    if (record == null && !records.hasNext()) {
      if (partitions.allEnded(offsets)) {
        return Status.END;
      }
      fetch();
    }
    TopicPartition partition = null;
    while (!batch.isFull() && nextRecord() && isOf(partition)) {
      partition = partition(record);
      giveRows(batch);
    }
    if (partition != null) {
      splits.mark(batch, partition);
    }
    if (record == null && !records.hasNext()) {
      passOver();
      if (partitions.allEnded(offsets)) {
        return Status.END;
      }
    }
    return batch.isEmpty() ? Status.IDLE : Status.MORE;
  }

  /** The rows of a batch are all of one partition. */
  private boolean isOf(TopicPartition partition) {
    return partition == null || partition.equals(partition(record));
  }

  private void connect() {
    Clients.ConsumerSetup setup = Clients.consumer(source, context.services());
    consumer = setup.consumer();
    partitions = new Partitions(source, consumer, setup.offsetReset(), nanoClock);
    partitions.assign(offsets);
    splits.add(offsets.partitions());
  }

  private void fetch() {
    partitions.discover(offsets);
    splits.add(offsets.partitions());
    splits.listen(partitions::isRead);
    try {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(LONGEST_WAIT);
      records = polled.iterator();
      fetched = polled.count();
    } catch (OffsetOutOfRangeException e) {
      TopicPartition partition = e.partitions().iterator().next();
      throw KafkaErrors.positionGone(
          source.table(),
          partition,
          e.offsetOutOfRangePartitions().get(partition),
          consumer.beginningOffsets(List.of(partition)).get(partition));
    }
  }

  /** Goes to the next record that is to be read, unless there is one at hand. */
  private boolean nextRecord() {
    while (record == null && records.hasNext()) {
      ConsumerRecord<byte[], byte[]> next = records.next();
      fetched--;
      TopicPartition partition = partition(next);
      if (!partitions.ended(partition, next.offset())) {
        record = next;
        Place place = offsets.get(partition);
        rows.begin(next, place.offset() == next.offset() ? place.rows() : 0);
      }
    }
    return record != null;
  }

  private void giveRows(RowBatch batch) throws Exception {
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
    TopicPartition partition = partition(record);
    offsets.put(
        partition,
        more ? new Place(record.offset(), rows.given()) : new Place(record.offset() + 1, 0));
    if (!more) {
      record = null;
    }
  }

  /** For a person. */
  private static String place(ConsumerRecord<?, ?> record) {
    return record.topic() + "/" + record.partition() + "/" + record.offset();
  }

  /** Behind the last record there may be marks of transactions, which are read as well. */
  private void passOver() {
    for (TopicPartition partition : offsets.partitions()) {
      long next = partitions.next(partition);
      if (next > offsets.get(partition).offset()) {
        offsets.put(partition, new Place(next, 0));
      }
    }
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  @Override
  public void close() {
    if (consumer != null) {
      Clients.close(consumer);
    }
  }
}
