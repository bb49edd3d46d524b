// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static dev.millrace.connector.kafka.TestBroker.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.spi.outbox.Hold;
import dev.millrace.spi.outbox.Intent;
import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.spi.outbox.OutboxTarget;
import dev.millrace.spi.outbox.Publisher;
import dev.millrace.spi.outbox.RefusedRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the broker has taken and what it says it has taken are one. */
class KafkaPublisherTest {
  private final String outbox = UUID.randomUUID().toString();
  private String topic;

  @BeforeEach
  void createTopic() throws Exception {
    topic = TestBroker.topic(1);
  }

  private Publisher open() {
    return new KafkaPublisherFactory()
        .open(
            new OutboxTarget("kafka", "main"),
            outbox,
            Scripts.configured(Map.of("bootstrap.servers", TestBroker.servers()))
                .request()
                .services());
  }

  private Intent intent(long sequence) {
    return new Intent(
        sequence,
        new OutboxRecord(
            "orders",
            topic,
            utf8("k" + sequence),
            utf8("v" + sequence),
            new RecordHeaders(null, 1000L + sequence, List.of(new RecordHeader("h", utf8("x"))))
                .toBytes()));
  }

  private List<Intent> intents(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(this::intent).toList();
  }

  @Test
  void whoTakesOverLearnsHowFarTheLastOneGotAndFencesIt() throws Exception {
    try (Publisher first = open()) {
      assertThat(first.recover()).isZero();
      first.send(intents(1, 3), Hold.UNDISPUTED);
      first.send(intents(4, 4), Hold.UNDISPUTED);
      try (Publisher second = open()) {
        assertThat(second.recover()).isEqualTo(4);
        assertThatThrownBy(() -> first.send(intents(5, 5), Hold.UNDISPUTED))
            .hasMessageContaining("newer producer with the same transactionalId");
        second.send(intents(5, 6), Hold.UNDISPUTED);
      }
    }
    assertThat(TestBroker.values(topic)).containsExactly("v1", "v2", "v3", "v4", "v5", "v6");
    assertThat(TestBroker.records(topic).get(1))
        .satisfies(
            record -> {
              assertThat(record.timestamp()).isEqualTo(1002);
              assertThat(record.key()).isEqualTo(utf8("k2"));
              assertThat(record.headers().lastHeader("h").value()).isEqualTo(utf8("x"));
            });
  }

  @Test
  void whatAProducerThatDiedHadNotCommittedIsSentAgainOnce() throws Exception {
    String id = "millrace-outbox-" + outbox;
    KafkaProducer<byte[], byte[]> dying =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TestBroker.servers(), "transactional.id", id),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    dying.initTransactions();
    dying.beginTransaction();
    dying.send(new ProducerRecord<>(topic, utf8("v1")));
    dying.sendOffsetsToTransaction(
        Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1, id)),
        new ConsumerGroupMetadata(id));
    dying.flush();
    try (Publisher successor = open()) {
      assertThat(successor.recover()).isZero();
      successor.send(intents(1, 2), Hold.UNDISPUTED);
    }
    dying.close(Duration.ZERO);
    assertThat(TestBroker.values(topic)).containsExactly("v1", "v2");
  }

  @Test
  void aRecordThatIsTooLargeIsNamedAndNothingIsSent() throws Exception {
    try (Publisher publisher = open()) {
      publisher.recover();
      Intent large =
          new Intent(
              2,
              new OutboxRecord(
                  "orders",
                  topic,
                  null,
                  new byte[3 << 20],
                  new RecordHeaders(null, null, List.of()).toBytes()));
      RefusedRecordException refused =
          catchThrowableOfType(
              RefusedRecordException.class,
              () -> publisher.send(List.of(intent(1), large, intent(3)), Hold.UNDISPUTED));
      assertThat(refused.sequence()).isEqualTo(2);
      assertThat(TestBroker.values(topic)).isEmpty();
      publisher.send(List.of(intent(1), intent(3)), Hold.UNDISPUTED);
    }
    assertThat(TestBroker.values(topic)).containsExactly("v1", "v3");
  }

  @Test
  void outboxesOfTwoDatabasesDoNotFenceEachOther() throws Exception {
    try (Publisher one = open();
        Publisher other =
            new KafkaPublisherFactory()
                .open(
                    new OutboxTarget("kafka", "main"),
                    UUID.randomUUID().toString(),
                    Scripts.configured(Map.of("bootstrap.servers", TestBroker.servers()))
                        .request()
                        .services())) {
      one.recover();
      assertThat(other.recover()).isZero();
      one.send(intents(1, 1), Hold.UNDISPUTED);
      other.send(intents(1, 1), Hold.UNDISPUTED);
      assertThat(TestBroker.values(topic)).hasSize(2);
    }
  }
}
