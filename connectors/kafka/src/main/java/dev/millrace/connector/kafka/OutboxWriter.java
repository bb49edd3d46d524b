// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.outbox.Outbox;
import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.spi.outbox.OutboxTarget;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Keeps records in memory until the engine's transaction takes them into its outbox. From there
 * they are sent once it has committed. Single-threaded, or by calls that do not overlap.
 */
final class OutboxWriter implements TransactionalSink {
  /**
   * @param deleted what a tombstone deletes, as the query knows it; else empty
   */
  private record Staged(ProducerRecord<byte[], byte[]> record, Optional<byte[]> deleted) {}

  private final KafkaSink sink;
  private final SinkContext context;
  private final String cluster;
  private final OutboxTarget target;
  private final RowRecords records;
  private final List<Staged> staged = new ArrayList<>();

  /** How many of those staged {@link #apply} has seen. */
  private int applied;

  /**
   * @param cluster its configured name
   */
  OutboxWriter(KafkaSink sink, SinkContext context, String cluster) {
    this.sink = sink;
    this.context = context;
    this.cluster = cluster;
    target = new OutboxTarget(Cluster.KIND, cluster);
    records = new RowRecords(sink);
  }

  @Override
  public void write(RowBatch batch) throws IOException {
    for (int row = 0; row < batch.size(); row++) {
      stage(batch, row);
    }
  }

  private void stage(RowBatch batch, int row) throws IOException {
    if (staged.size() >= context.maxStagedRows()) {
      throw KafkaErrors.tooManyStaged(sink.table(), context.maxStagedRows());
    }
    try {
      boolean deletes = sink.upsert() && !batch.kind(row).adds();
      Optional<byte[]> deleted =
          deletes ? Optional.ofNullable(records.valueBefore(batch, row)) : Optional.empty();
      staged.add(new Staged(records.of(batch, row), deleted));
    } catch (MillraceException e) {
      if (e.category() != ErrorCategory.DATA) {
        throw e;
      }
      context.deadLetter(batch, row, e);
    }
  }

  @Override
  public void apply(SinkTransaction transaction) {
    Outbox outbox = transaction.outbox();
    applied = staged.size();
    if (outbox.runId().isEmpty()) {
      for (Staged each : staged) {
        append(outbox, each.record(), RecordHeaders.of(each.record()));
      }
    } else {
      journaled(transaction, outbox.runId().get());
    }
  }

  /** Each record gets a name, by which one that takes it back can tell which it means. */
  private void journaled(SinkTransaction transaction, String runId) {
    Map<ByteBuffer, byte[]> known = new HashMap<>();
    int count = 0;
    for (Staged each : staged) {
      ProducerRecord<byte[], byte[]> record = each.record();
      String id = runId + "/" + sink.table() + "/" + ++count;
      transaction
          .journal()
          .append(
              RecordEffect.of(
                  sink.upsert(), cluster, id, record, before(known, record, each.deleted())));
      append(
          transaction.outbox(),
          record,
          RecordHeaders.of(record).with(new RecordHeader(RecordHeaders.RECORD, Clients.utf8(id))));
    }
  }

  /** What the key held: what this run wrote last, or what the query says was there. */
  private Optional<byte[]> before(
      Map<ByteBuffer, byte[]> known,
      ProducerRecord<byte[], byte[]> record,
      Optional<byte[]> deleted) {
    if (!sink.upsert()) {
      return Optional.empty();
    }
    ByteBuffer key = ByteBuffer.wrap(record.key());
    boolean seen = known.containsKey(key);
    byte[] last = known.put(key, record.value());
    return seen ? Optional.ofNullable(last) : deleted;
  }

  private void append(Outbox outbox, ProducerRecord<byte[], byte[]> record, RecordHeaders headers) {
    outbox.append(
        target,
        new OutboxRecord(
            sink.table(), record.topic(), record.key(), record.value(), headers.toBytes()));
  }

  @Override
  public void committed() {
    staged.subList(0, applied).clear();
    applied = 0;
  }
}
