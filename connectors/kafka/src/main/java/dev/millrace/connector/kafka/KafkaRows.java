// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.Offsets.Place;
import dev.millrace.spi.connector.LaggingSource;
import dev.millrace.spi.connector.PartedSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.row.RowBatch;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads records of assigned partitions and turns them into rows. Single-threaded.
 *
 * <p>The broker's group is not joined and nothing is committed there: who runs the script keeps
 * {@link #position()} with what became of the rows.
 */
final class KafkaRows implements PartedSource, LaggingSource {
  private final KafkaSource source;
  private final LongSupplier nanoClock;
  private final SourceContext context;
  private final Share share;
  private final PartitionSplits splits;
  private PlacedRows rows;

  /** The table was read before, though perhaps nothing of this share. */
  private boolean resumed;

  private Consumer<byte[], byte[]> consumer;
  private Partitions partitions;
  private Iterator<ConsumerRecord<byte[], byte[]>> records = Collections.emptyIterator();

  /** How many of these there are. */
  private int fetched;

  KafkaRows(KafkaSource source, SourceContext context, Share share, LongSupplier nanoClock) {
    this.source = source;
    this.context = context;
    this.share = share;
    this.nanoClock = nanoClock;
    rows = new PlacedRows(source, context, new Offsets());
    splits =
        new PartitionSplits(
            nanoClock, context.idleTimeout().map(Duration::toNanos).orElse(Long.MAX_VALUE));
  }

  /** Unknown until the first poll has found the partitions. */
  @Override
  public String position() {
    return partitions == null ? null : rows.offsets().toString();
  }

  @Override
  public void seek(String position) {
    Offsets all = Offsets.parse(source.table(), position);
    resumed = !all.partitions().isEmpty();
    rows = new PlacedRows(source, context, all.only(share));
  }

  @Override
  public PartReader again(String end) throws Exception {
    consumer = Clients.consumer(source, share, context.services()).consumer();
    Offsets ends = Offsets.parse(source.table(), end);
    return Clients.reading(source, () -> new PartitionReplay(source, consumer, rows, ends));
  }

  /** Records, which mostly are a row each. */
  @Override
  public OptionalLong lag() {
    return partitions == null
        ? OptionalLong.empty()
        : OptionalLong.of(fetched + partitions.lag(rows.offsets()));
  }

  @Override
  public Status poll(RowBatch batch) throws Exception {
    return Clients.reading(source, () -> read(batch));
  }

  private Status read(RowBatch batch) throws Exception {
    if (partitions == null) {
      connect();
      splits.mark(batch);
      return Status.MORE;
    }
    Offsets offsets = rows.offsets();
    if (!rows.hasNext() && !records.hasNext()) {
      if (partitions.allEnded(offsets)) {
        return Status.END;
      }
      fetch();
    }
    giveRows(batch);
    if (batch.isEmpty() && splits.haveChanged()) {
      splits.mark(batch);
    }
    if (!rows.hasNext() && !records.hasNext()) {
      passOver();
      if (partitions.allEnded(offsets)) {
        return Status.END;
      }
    }
    return batch.isEmpty() ? Status.IDLE : Status.MORE;
  }

  private void connect() {
    Clients.ConsumerSetup setup = Clients.consumer(source, share, context.services());
    consumer = setup.consumer();
    Partitions found = new Partitions(source, share, consumer, setup.offsetReset(), nanoClock);
    found.assign(rows.offsets(), resumed);
    splits.add(rows.offsets().partitions());
    partitions = found;
  }

  private void fetch() {
    partitions.discover(rows.offsets());
    splits.add(rows.offsets().partitions());
    if (rows.offsets().partitions().isEmpty()) {
      return; // a share without partitions waits for some to be found
    }
    splits.listen(partitions::isRead);
    ConsumerRecords<byte[], byte[]> polled = Clients.poll(source, consumer);
    records = polled.iterator();
    fetched = polled.count();
  }

  /** The rows of a batch are all of one partition. */
  private void giveRows(RowBatch batch) throws Exception {
    TopicPartition partition = null;
    while (!batch.isFull() && nextRecord() && isOf(partition)) {
      partition = rows.partition();
      rows.give(batch);
    }
    if (partition != null) {
      splits.mark(batch, partition);
    }
  }

  private boolean isOf(TopicPartition partition) {
    return partition == null || partition.equals(rows.partition());
  }

  /** Goes to the next record that is to be read, unless there is one at hand. */
  private boolean nextRecord() {
    while (!rows.hasNext() && records.hasNext()) {
      ConsumerRecord<byte[], byte[]> next = records.next();
      fetched--;
      if (!partitions.ended(PlacedRows.partition(next), next.offset())) {
        rows.begin(next);
      }
    }
    return rows.hasNext();
  }

  /** Behind the last record there may be marks of transactions, which are read as well. */
  private void passOver() {
    Offsets offsets = rows.offsets();
    for (TopicPartition partition : offsets.partitions()) {
      long next = partitions.next(partition);
      if (next > offsets.get(partition).offset()) {
        offsets.put(partition, new Place(next, 0));
      }
    }
  }

  @Override
  public void close() {
    if (consumer != null) {
      Clients.close(consumer);
    }
  }
}
