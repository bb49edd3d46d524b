// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.KafkaOptions.Delivery;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Writes records at once, as the command line does. Single-threaded.
 *
 * <p>With {@code exactly-once}, what is written between two flushes is one transaction of the
 * broker; a run that fails aborts the last one. A transaction is never held open for long: after a
 * while it is committed between two batches, for a broker aborts those it thinks abandoned.
 */
final class DirectWriter implements RowSink {
  private static final long LONGEST_TRANSACTION_NS = Duration.ofSeconds(20).toNanos();

  private final KafkaSink sink;
  private final SinkContext context;
  private final LongSupplier nanoClock;
  private final RowRecords records;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private Producer<byte[], byte[]> producer;
  private boolean inTransaction;
  private long transactionNs;

  DirectWriter(KafkaSink sink, SinkContext context, LongSupplier nanoClock) {
    this.sink = sink;
    this.context = context;
    this.nanoClock = nanoClock;
    records = new RowRecords(sink);
  }

  private boolean transactional() {
    return sink.delivery() == Delivery.EXACTLY_ONCE;
  }

  @Override
  public void write(RowBatch batch) throws Exception {
    talking(
        () -> {
          begin();
          for (int row = 0; row < batch.size(); row++) {
            send(batch, row);
          }
          if (inTransaction && nanoClock.getAsLong() - transactionNs > LONGEST_TRANSACTION_NS) {
            commit();
          }
        });
  }

  private void begin() {
    if (producer == null) {
      Map<String, Object> more = new HashMap<>();
      if (transactional()) {
        more.put("transactional.id", sink.transactionalId() + "-" + sink.table());
      }
      producer =
          Clients.producer(sink.cluster(), context.services(), "millrace-" + sink.table(), more);
      if (transactional()) {
        producer.initTransactions();
      }
    }
    if (transactional() && !inTransaction) {
      producer.beginTransaction();
      inTransaction = true;
      transactionNs = nanoClock.getAsLong();
    }
  }

  private void send(RowBatch batch, int row) throws IOException {
    ProducerRecord<byte[], byte[]> record;
    try {
      record = records.of(batch, row);
    } catch (MillraceException e) {
      if (e.category() != ErrorCategory.DATA) {
        throw e;
      }
      context.deadLetter(batch, row, e);
      return;
    }
    producer.send(
        record,
        (metadata, problem) -> {
          if (problem != null) {
            failure.compareAndSet(null, problem);
          }
        });
  }

  @Override
  public void flush() throws Exception {
    if (producer != null && sink.delivery() != Delivery.NONE) {
      talking(
          () -> {
            producer.flush();
            commit();
          });
    }
  }

  private void commit() {
    if (inTransaction) {
      producer.commitTransaction();
      inTransaction = false;
    }
  }

  @Override
  public void finish() throws Exception {
    if (producer != null) {
      talking(
          () -> {
            producer.flush();
            commit();
          });
    }
  }

  /** What is said to the broker. */
  @FunctionalInterface
  private interface Talk {
    void run() throws Exception;
  }

  private void talking(Talk talk) throws Exception {
    try {
      talk.run();
    } catch (InterruptException e) {
      throw Clients.interrupted(e);
    } catch (KafkaException e) {
      throw failed(e);
    }
    Exception earlier = failure.get();
    if (earlier != null && sink.delivery() != Delivery.NONE) {
      throw failed(earlier);
    }
  }

  private MillraceException failed(Exception cause) {
    return KafkaErrors.failed("writing table '" + sink.table() + "'", sink.cluster(), cause);
  }

  @Override
  public void close() {
    if (producer == null) {
      return;
    }
    Producer<byte[], byte[]> closing = producer;
    producer = null;
    // a producer closed within a transaction has it aborted
    Clients.close(closing);
  }
}
