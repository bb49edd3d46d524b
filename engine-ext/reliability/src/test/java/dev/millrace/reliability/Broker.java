// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A Kafka broker in this JVM. */
final class Broker implements AutoCloseable {
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

  /** What a node is configured with to know it as {@code local}. */
  static Map<String, Map<String, Map<String, String>>> endpoints(String servers) {
    return Map.of("kafka", Map.of("local", Map.of("bootstrap.servers", servers)));
  }

  /** Makes a topic of records, given as key and value in turn; a key's are in one partition. */
  void fill(String topic, int partitions, List<String> keysAndValues)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < keysAndValues.size(); i += 2) {
        producer.send(new ProducerRecord<>(topic, keysAndValues.get(i), keysAndValues.get(i + 1)));
      }
    }
  }

  /** The committed records of a topic; those of a partition in their order. */
  List<ConsumerRecord<String, String>> committed(String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers(), "isolation.level", "read_committed");
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      for (PartitionInfo each : consumer.partitionsFor(topic)) {
        TopicPartition partition = new TopicPartition(topic, each.partition());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        while (consumer.position(partition) < end) {
          records.addAll(consumer.poll(Duration.ofMillis(50)).records(partition));
        }
      }
    }
    return records;
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
