// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.outbox.Hold;
import dev.millrace.spi.outbox.Intent;
import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.spi.outbox.Publisher;
import dev.millrace.spi.outbox.RefusedRecordException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Sends records in transactions of the broker, each with the last sequence in it. Single-threaded.
 *
 * <p>The sequence is committed as an offset of a group of ours, in the transaction of the records:
 * the broker shows both or neither. The producer's transactional id belongs to the outbox, so the
 * last one to take over fences all others, and {@code initTransactions} ends what they left open
 * before the sequence is read. See docs/adr/0015.
 */
final class KafkaPublisher implements Publisher {
  private static final String PREFIX = "millrace-outbox-";
  private static final int MAX_RECORDS = 1000;

  private static final Map<String, Object> PATIENCE =
      Map.of(
          "request.timeout.ms", "10000",
          "delivery.timeout.ms", "20000",
          "max.block.ms", "15000");

  /**
   * With more, a request may overtake the one before into a partition just made, which the broker
   * then refuses until the delivery times out: KAFKA-15591, mended in brokers from autumn 2026.
   */
  private static final String IN_FLIGHT = "1";

  /** A record that was refused, by whichever thread of the client learns it first. */
  private record Refusal(long sequence, Exception cause) {}

  private final Cluster cluster;
  private final String id;
  private final Services services;
  private final Producer<byte[], byte[]> producer;

  KafkaPublisher(Cluster cluster, String outboxId, Services services) {
    this.cluster = cluster;
    this.services = services;
    id = PREFIX + outboxId;
    Map<String, Object> settings = new HashMap<>(patience(cluster.properties(services)));
    settings.put("max.in.flight.requests.per.connection", IN_FLIGHT);
    settings.putAll(Map.of("transactional.id", id, "enable.idempotence", "true", "acks", "all"));
    producer = Clients.producer(cluster, services, id, settings);
  }

  /**
   * How long to wait for an answer, unless the cluster's settings say. Not the client's two
   * minutes: what waits is safe, and a new attempt finds out what became of this one.
   */
  private static Map<String, Object> patience(Map<String, Object> configured) {
    boolean said = PATIENCE.keySet().stream().anyMatch(configured::containsKey);
    return said ? Map.of() : PATIENCE;
  }

  @Override
  public long recover() throws Exception {
    return talking(
        () -> {
          producer.initTransactions();
          return taken();
        });
  }

  /** The largest sequence any of our transactions has left; each stands at a topic it wrote to. */
  private long taken() throws Exception {
    try (Admin admin = Clients.admin(cluster, services, id)) {
      return admin
          .listConsumerGroupOffsets(id, new ListConsumerGroupOffsetsOptions().requireStable(true))
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .filter(offset -> offset != null && offset.metadata().equals(id))
          .mapToLong(OffsetAndMetadata::offset)
          .max()
          .orElse(0);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : e;
    }
  }

  @Override
  public int maxRecords() {
    return MAX_RECORDS;
  }

  /** The broker fences publishers that were opened before: the hold need not be asked. */
  @Override
  public void send(List<Intent> intents, Hold hold) throws Exception {
    talking(
        () -> {
          transaction(intents);
          return null;
        });
  }

  private void transaction(List<Intent> intents) throws Exception {
    AtomicReference<Refusal> refusal = new AtomicReference<>();
    producer.beginTransaction();
    try {
      for (Intent intent : intents) {
        send(intent, refusal);
        // at once: after a refusal the producer takes no more, and would say only that
        refuse(refusal.get());
      }
      producer.flush();
      refuse(refusal.get());
      Intent last = intents.get(intents.size() - 1);
      producer.sendOffsetsToTransaction(
          Map.of(
              new TopicPartition(last.record().destination(), 0),
              new OffsetAndMetadata(last.sequence(), id)),
          new ConsumerGroupMetadata(id));
    } catch (RefusedRecordException e) {
      producer.abortTransaction();
      throw e;
    }
    // what fails from here on may have been taken all the same: only recover() can tell
    producer.commitTransaction();
  }

  private void send(Intent intent, AtomicReference<Refusal> refusal)
      throws IOException, RefusedRecordException {
    OutboxRecord stored = intent.record();
    RecordHeaders headers = RecordHeaders.read(stored.headers());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            stored.destination(),
            headers.partition(),
            headers.timestamp(),
            stored.key(),
            stored.payload(),
            headers.headers());
    try {
      producer.send(
          record,
          (metadata, problem) -> {
            if (problem != null) {
              refusal.compareAndSet(null, new Refusal(intent.sequence(), problem));
            }
          });
    } catch (RecordTooLargeException | SerializationException | InvalidTopicException e) {
      throw new RefusedRecordException(intent.sequence(), e);
    }
  }

  private static void refuse(Refusal refusal) throws RefusedRecordException {
    if (refusal == null) {
      return;
    }
    if (refusal.cause() instanceof RecordTooLargeException
        || refusal.cause() instanceof SerializationException
        || refusal.cause() instanceof InvalidTopicException) {
      throw new RefusedRecordException(refusal.sequence(), refusal.cause());
    }
    throw refusal.cause() instanceof KafkaException known
        ? known
        : new KafkaException(refusal.cause());
  }

  /** What is said to the broker. */
  @FunctionalInterface
  private interface Talk<T> {
    T run() throws Exception;
  }

  private <T> T talking(Talk<T> talk) throws Exception {
    try {
      return talk.run();
    } catch (InterruptException e) {
      throw Clients.interrupted(e);
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  private MillraceException failed(KafkaException cause) {
    return KafkaErrors.failed("sending what the outbox holds", cluster, cause);
  }

  @Override
  public void close() {
    Clients.close(producer);
  }
}
