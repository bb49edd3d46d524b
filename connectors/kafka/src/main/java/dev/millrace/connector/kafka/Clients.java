// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.MillraceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka's clients from settings. Failures are told without the settings' values. */
final class Clients {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
  private static final String OFFSET_RESET = "auto.offset.reset";

  private Clients() {}

  /**
   * @param offsetReset where a group without an offset starts: earliest, latest or none
   */
  record ConsumerSetup(Consumer<byte[], byte[]> consumer, String offsetReset) {}

  /** Reads what is committed only, commits nothing itself, makes no topics, takes no reset. */
  static ConsumerSetup consumer(KafkaSource source, Share share, Services services) {
    Map<String, Object> settings = source.cluster().properties(services);
    settings.putIfAbsent("isolation.level", "read_committed");
    settings.putIfAbsent("allow.auto.create.topics", "false");
    settings.putIfAbsent("client.id", share.clientId(source.table()));
    settings.put("enable.auto.commit", "false");
    if (!source.discovery().isZero()) {
      // a consumer asks its own memory for partitions: it must not be older than that
      settings.putIfAbsent("metadata.max.age.ms", Long.toString(source.discovery().toMillis()));
    }
    Object reset = settings.put(OFFSET_RESET, "none");
    String offsetReset = reset == null ? "none" : reset.toString().toLowerCase(Locale.ROOT);
    try {
      return new ConsumerSetup(
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
          offsetReset);
    } catch (KafkaException | IllegalArgumentException e) {
      throw notMade("consumer", source.cluster(), settings, e);
    }
  }

  /** Records of the partitions assigned, if some come soon. */
  static ConsumerRecords<byte[], byte[]> poll(
      KafkaSource source, Consumer<byte[], byte[]> consumer) {
    try {
      return consumer.poll(LONGEST_WAIT);
    } catch (OffsetOutOfRangeException e) {
      TopicPartition partition = e.partitions().iterator().next();
      throw KafkaErrors.positionGone(
          source.table(),
          partition,
          e.offsetOutOfRangePartitions().get(partition),
          consumer.beginningOffsets(List.of(partition)).get(partition));
    }
  }

  /** Reads, and tells in our words what the client says of failures. */
  static <T> T reading(KafkaSource source, Callable<T> what) throws Exception {
    try {
      return what.call();
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException e) {
      throw KafkaErrors.failed("reading table '" + source.table() + "'", source.cluster(), e);
    }
  }

  /** Asks what a consumer cannot. */
  static Admin admin(Cluster cluster, Services services, String clientId) {
    Map<String, Object> settings = cluster.properties(services);
    settings.putIfAbsent("client.id", clientId);
    try {
      return Admin.create(settings);
    } catch (KafkaException | IllegalArgumentException e) {
      throw notMade("client", cluster, settings, e);
    }
  }

  /** With these settings over those of the cluster. */
  static Producer<byte[], byte[]> producer(
      Cluster cluster, Services services, String clientId, Map<String, Object> more) {
    Map<String, Object> settings = cluster.properties(services);
    settings.putIfAbsent("client.id", clientId);
    settings.putAll(more);
    try {
      return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException | IllegalArgumentException e) {
      throw notMade("producer", cluster, settings, e);
    }
  }

  /** Without the cause: a client's message may repeat what it was given. */
  private static MillraceException notMade(
      String what, Cluster cluster, Map<String, Object> settings, RuntimeException failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    Map<String, Object> secrets = new HashMap<>(settings);
    secrets.keySet().removeIf(key -> !isSecret(key));
    String message = "" + deepest.getMessage();
    for (Object secret : secrets.values()) {
      message = message.replace(secret.toString(), "***");
    }
    return KafkaErrors.failed("making a " + what, cluster, new KafkaException(message));
  }

  private static boolean isSecret(String key) {
    return key.contains("password")
        || key.contains("secret")
        || key.contains("jaas")
        || key.contains("keystore.key")
        || key.contains("token");
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The interruption behind the client's exception, with the thread's flag cleared. */
  static InterruptedException interrupted(InterruptException e) {
    InterruptedException interruption = new InterruptedException("interrupted while at the broker");
    interruption.initCause(e);
    Thread.interrupted();
    return interruption;
  }

  static void close(Consumer<?, ?> consumer) {
    boolean interrupted = Thread.interrupted();
    try {
      consumer.close(LONGEST_CLOSE);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static void close(Producer<?, ?> producer) {
    boolean interrupted = Thread.interrupted();
    try {
      producer.close(LONGEST_CLOSE);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
