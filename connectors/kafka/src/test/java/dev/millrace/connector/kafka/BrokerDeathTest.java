// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed while records go in and out; {@code -Dmillrace.broker.kills=20} often. */
class BrokerDeathTest {
  private static final int KILLS = Integer.getInteger("millrace.broker.kills", 2);
  private static final int RECORDS_A_LIFE = 2000;

  /** Asked of the long form only: in a build, others may keep the machine busy. */
  private static final long BACK_WITHIN_MS = KILLS < 20 ? Long.MAX_VALUE : 10_000;

  @TempDir private Path folder;

  @Test
  void aBrokerKilledInTheMiddleLosesAndDoublesNothing() throws Exception {
    try (ForkedBroker broker = new ForkedBroker(folder)) {
      try (Admin admin = broker.admin()) {
        admin
            .createTopics(
                List.of(new NewTopic("in", 1, (short) 1), new NewTopic("out", 1, (short) 1)))
            .all()
            .get();
      }
      try (Engine engine =
          new Engine(
              Engine.database(), Map.of("bootstrap.servers", broker.servers()), plugin -> {})) {
        engine.deploy("p.sql", KafkaPipelineTest.pipeline("in", "out"));
        long heap = heapBytes();
        long longestMs = 0;
        for (int life = 0; life <= KILLS; life++) {
          int before = TestBroker.values(broker.servers(), "out").size();
          long upNs = System.nanoTime();
          produce(broker, life * RECORDS_A_LIFE);
          awaitRecords(broker, before + 1);
          longestMs = Math.max(longestMs, life == 0 ? 0 : (System.nanoTime() - upNs) / 1_000_000);
          awaitRecords(broker, life * RECORDS_A_LIFE + (life == KILLS ? RECORDS_A_LIFE : 100));
          if (life < KILLS) {
            broker.kill();
            broker.start();
          }
        }
        System.out.printf(
            "RELIABILITY broker killed: %d times, records again after %d ms at most, heap %+d KB,"
                + " %d records, 0 lost, 0 doubled%n",
            KILLS, longestMs, (heapBytes() - heap) >> 10, (KILLS + 1) * RECORDS_A_LIFE);
        assertThat(longestMs).isLessThanOrEqualTo(BACK_WITHIN_MS);
        assertThat(TestBroker.values(broker.servers(), "out"))
            .isEqualTo(
                IntStream.range(0, (KILLS + 1) * RECORDS_A_LIFE)
                    .mapToObj(i -> i + " processed")
                    .toList());
      }
    }
  }

  private static void awaitRecords(ForkedBroker broker, int count) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> TestBroker.values(broker.servers(), "out").size() >= count);
  }

  private static long heapBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void produce(ForkedBroker broker, int first) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = first; i < first + RECORDS_A_LIFE; i++) {
      records.add(new ProducerRecord<>("in", 0, null, TestBroker.utf8("" + i)));
    }
    TestBroker.send(broker.servers(), records);
  }
}
