// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Topics of Avro records, with a registry of schemas and without. */
class AvroTopicTest {
  private final Scripts scripts = Scripts.plain();

  private static String with(String connector, String topic, String options) {
    return " WITH ('connector' = '"
        + connector
        + "', 'topic' = '"
        + topic
        + "', 'properties.bootstrap.servers' = '${servers}', "
        + options
        + ");\n";
  }

  @Test
  void recordsAreWrittenReadAndBadOnesKeptWithTheirBytes() throws Exception {
    String topic = TestBroker.topic(1);
    String columns = " (id BIGINT NOT NULL, amount DECIMAL(10, 2), ts TIMESTAMP(3))";
    scripts.run(
        "CREATE TABLE o"
            + columns
            + with("kafka", topic, "'format' = 'avro'")
            + "INSERT INTO o VALUES (7, 1.50, TIMESTAMP '2026-01-02 03:04:05.678'),"
            + " (8, CAST(NULL AS DECIMAL(10, 2)), CAST(NULL AS TIMESTAMP(3)))");
    byte[] bad = {2, 2, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0xf};
    TestBroker.send(List.of(new ProducerRecord<>(topic, bad)));
    assertThat(
            scripts.run(
                "SET 'millrace.on-data-error' = 'dead-letter';"
                    + "CREATE TABLE i"
                    + columns
                    + with(
                        "kafka",
                        topic,
                        "'format' = 'avro', 'scan.startup.mode' = 'earliest-offset',"
                            + " 'scan.bounded.mode' = 'latest-offset'")
                    + "CREATE TABLE r"
                    + columns
                    + " WITH ('connector' = 'rows');"
                    + "INSERT INTO r SELECT * FROM i"))
        .containsExactly("+I[7, 1.50, 2026-01-02T03:04:05.678]", "+I[8, null, null]");
    assertThat(scripts.deadLetters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.toString()).contains("a length of 2147483647 is claimed");
            });
  }

  @Test
  void keysAndValuesOfARegistryAreKnownByTheirTopic() throws Exception {
    String topic = TestBroker.topic(1);
    try (Registry registry = new Registry()) {
      String table =
          " (id INT NOT NULL, total BIGINT, PRIMARY KEY (id) NOT ENFORCED)"
              + with(
                  "upsert-kafka",
                  topic,
                  "'key.format' = 'avro-confluent', 'key.avro-confluent.url' = '%1$s',"
                          .formatted(registry.url())
                      + " 'value.format' = 'avro-confluent', 'value.avro-confluent.url' = '%s',"
                          .formatted(registry.url())
                      + " 'scan.bounded.mode' = 'latest-offset'");
      scripts.run("CREATE TABLE o" + table + "INSERT INTO o VALUES (1, 10), (2, 20)");
      assertThat(registry.subjects).containsExactlyInAnyOrder(topic + "-key", topic + "-value");
      assertThat(
              scripts.run(
                  "CREATE TABLE i"
                      + table
                      + "CREATE TABLE r (id INT NOT NULL, total BIGINT) WITH ('connector' = 'rows');"
                      + "INSERT INTO r SELECT id, total FROM i"))
          .hasSize(2)
          .anySatisfy(row -> assertThat(row).endsWith("[1, 10]"))
          .anySatisfy(row -> assertThat(row).endsWith("[2, 20]"));
    }
  }

  @Test
  void registryThatIsDownIsNoBadRecord() throws Exception {
    String topic = TestBroker.topic(1);
    TestBroker.send(List.of(new ProducerRecord<>(topic, new byte[] {0, 0, 0, 0, 1, 2})));
    String url;
    try (Registry registry = new Registry()) {
      url = registry.url();
    }
    assertThatThrownBy(
            () ->
                scripts.run(
                    "SET 'millrace.on-data-error' = 'dead-letter';"
                        + "CREATE TABLE i (id INT)"
                        + with(
                            "kafka",
                            topic,
                            "'format' = 'avro-confluent', 'avro-confluent.url' = '"
                                + url
                                + "',"
                                + " 'scan.startup.mode' = 'earliest-offset',"
                                + " 'scan.bounded.mode' = 'latest-offset'")
                        + "CREATE TABLE r (id INT) WITH ('connector' = 'rows');"
                        + "INSERT INTO r SELECT id FROM i"))
        .hasStackTraceContaining("GET " + url + "/schemas/ids/1");
    assertThat(scripts.deadLetters).isEmpty();
  }

  @Test
  void tableWithoutARegistryIsRefused() {
    assertThatThrownBy(
            () ->
                scripts.validate(
                    "CREATE TABLE f (id INT) WITH ('connector' = 'kafka', 'topic' = 'x',"
                        + " 'properties.bootstrap.servers' = 'h:1', 'format' = 'avro-confluent');"
                        + "INSERT INTO f VALUES (1)"))
        .hasMessageContaining("needs a registry of schemas");
  }

  /** Takes every schema. */
  private static final class Registry implements AutoCloseable {
    private final HttpServer server;
    private final List<String> subjects = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();

    Registry() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::answer);
      server.start();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
      String[] path = exchange.getRequestURI().getPath().split("/");
      byte[] answer;
      if (exchange.getRequestMethod().equals("POST")) {
        subjects.add(path[2]);
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        answer = ("{\"id\":" + bodies.size() + "}").getBytes(StandardCharsets.UTF_8);
      } else {
        answer = bodies.get(Integer.parseInt(path[3]) - 1).getBytes(StandardCharsets.UTF_8);
      }
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
