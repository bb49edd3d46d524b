// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A Kafka broker in this JVM. */
final class Broker implements AutoCloseable {
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);

  static Broker start() {
    Broker started = new Broker();
    started.broker.brokerProperty("transaction.state.log.replication.factor", "1");
    started.broker.brokerProperty("transaction.state.log.min.isr", "1");
    started.broker.brokerProperty("offsets.topic.replication.factor", "1");
    started.broker.afterPropertiesSet();
    return started;
  }

  String servers() {
    return broker.getBrokersAsString();
  }

  /** What a node is configured with to know it as {@code local}, and by other names. */
  static Map<String, Map<String, Map<String, String>>> endpoints(String servers, String... more) {
    Map<String, Map<String, String>> byName = new HashMap<>();
    byName.put("local", Map.of("bootstrap.servers", servers));
    for (String name : more) {
      byName.put(name, Map.of("bootstrap.servers", servers));
    }
    return Map.of("kafka", byName);
  }

  /** Makes a topic of records, given as key and value in turn; a key's are in one partition. */
  void fill(String topic, int partitions, List<String> keysAndValues)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            // a second request may overtake the first into a new partition: KAFKA-15591
            Map.of("bootstrap.servers", servers(), "max.in.flight.requests.per.connection", 1),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < keysAndValues.size(); i += 2) {
        sent.add(
            producer.send(
                new ProducerRecord<>(topic, keysAndValues.get(i), keysAndValues.get(i + 1))));
      }
    }
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  /** The committed records of a topic; those of a partition in their order. */
  List<ConsumerRecord<String, String>> committed(String topic) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> committed = consumer("read_committed");
        KafkaConsumer<String, String> all = consumer("read_uncommitted")) {
      for (PartitionInfo each : committed.partitionsFor(topic)) {
        TopicPartition partition = new TopicPartition(topic, each.partition());
        committed.assign(List.of(partition));
        committed.seekToBeginning(List.of(partition));
        long end = settledEnd(partition, committed, all);
        while (committed.position(partition) < end) {
          records.addAll(committed.poll(Duration.ofMillis(50)).records(partition));
        }
      }
    }
    return records;
  }

  /** A commit is answered before its mark is in each partition: waits a while for that. */
  private static long settledEnd(
      TopicPartition partition, KafkaConsumer<?, ?> committed, KafkaConsumer<?, ?> all) {
    long deadline = System.nanoTime() + SETTLING.toNanos();
    long end;
    do {
      end = committed.endOffsets(List.of(partition)).get(partition);
    } while (end < all.endOffsets(List.of(partition)).get(partition)
        && System.nanoTime() < deadline);
    return end;
  }

  private KafkaConsumer<String, String> consumer(String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", servers(), "isolation.level", isolation),
        new StringDeserializer(),
        new StringDeserializer());
  }

  /** The committed values of a topic. */
  List<String> values(String topic) {
    return committed(topic).stream().map(ConsumerRecord::value).toList();
  }

  @Override
  public void close() {
    broker.destroy();
  }
}
