// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A real broker in this JVM, started once, and what tests say to it. */
final class TestBroker {
  private static final Duration SETTLING = Duration.ofSeconds(2);
  private static EmbeddedKafkaKraftBroker broker;
  private static int topics;

  private TestBroker() {}

  static synchronized String servers() {
    if (broker == null) {
      broker = new EmbeddedKafkaKraftBroker(1, 1);
      broker.brokerProperty("transaction.state.log.replication.factor", "1");
      broker.brokerProperty("transaction.state.log.min.isr", "1");
      broker.brokerProperty("offsets.topic.replication.factor", "1");
      // records of tests are years old: the broker would soon throw them away
      broker.brokerProperty("log.retention.ms", "-1");
      broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
      broker.afterPropertiesSet();
      Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
    }
    return broker.getBrokersAsString();
  }

  /** A new, empty topic; its name. */
  static synchronized String topic(int partitions) throws Exception {
    String name = "topic-" + topics++;
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
    return name;
  }

  static void grow(String topic, int partitions) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
    }
  }

  static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", servers()));
  }

  static void send(List<ProducerRecord<byte[], byte[]>> records) {
    send(servers(), records);
  }

  static void send(String servers, List<ProducerRecord<byte[], byte[]>> records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            // a second request may overtake the first into a new partition: KAFKA-15591
            Map.of("bootstrap.servers", servers, "max.in.flight.requests.per.connection", 1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      for (Future<RecordMetadata> record : sent) {
        assertThat(record).succeedsWithin(Duration.ofSeconds(30));
      }
    }
  }

  static void send(String topic, String... values) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String value : values) {
      records.add(new ProducerRecord<>(topic, utf8(value)));
    }
    send(records);
  }

  /** All committed records, partition by partition. */
  static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return records(servers(), topic);
  }

  static List<ConsumerRecord<byte[], byte[]>> records(String servers, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      for (int p = 0; p < consumer.partitionsFor(topic).size(); p++) {
        TopicPartition partition = new TopicPartition(topic, p);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = settledEnd(servers, consumer, partition);
        while (consumer.position(partition) < end) {
          found.addAll(consumer.poll(Duration.ofMillis(50)).records(partition));
        }
      }
      return found;
    }
  }

  /**
   * A commit is answered before its mark is in each partition: waits a while for that, unless a
   * transaction stays open.
   */
  private static long settledEnd(
      String servers, KafkaConsumer<byte[], byte[]> committed, TopicPartition partition) {
    try (KafkaConsumer<byte[], byte[]> all =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      long deadline = System.nanoTime() + SETTLING.toNanos();
      long end;
      do {
        end = committed.endOffsets(List.of(partition)).get(partition);
      } while (end < all.endOffsets(List.of(partition)).get(partition)
          && System.nanoTime() < deadline);
      return end;
    }
  }

  static List<String> values(String topic) {
    return values(servers(), topic);
  }

  static List<String> values(String servers, String topic) {
    return records(servers, topic).stream().map(record -> text(record.value())).toList();
  }

  static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
