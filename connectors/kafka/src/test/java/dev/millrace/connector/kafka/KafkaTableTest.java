// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static dev.millrace.connector.kafka.TestBroker.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.RunRequest;
import dev.millrace.plan.Plan;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.LaggingSource;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** Topics as tables, as on the command line. */
class KafkaTableTest {
  private final Scripts scripts = Scripts.plain();

  private static String with(String topic, String options) {
    return " WITH ('connector' = 'kafka', 'topic' = '"
        + topic
        + "', 'properties.bootstrap.servers' = '${servers}', "
        + options
        + ");\n";
  }

  private static String whole(String topic, String options) {
    return with(
        topic,
        "'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset', "
            + options);
  }

  @Test
  void topicIsReadProcessedAndWritten() throws Exception {
    String in = TestBroker.topic(2);
    String out = TestBroker.topic(1);
    TestBroker.send(in, "a", "b", "c");
    scripts.run(
        "CREATE TABLE i (`value` STRING)"
            + whole(in, "'format' = 'raw'")
            + "CREATE TABLE o (`value` STRING)"
            + with(out, "'format' = 'raw'")
            + "INSERT INTO o SELECT `value` || ' processed' FROM i");
    assertThat(TestBroker.values(out))
        .containsExactlyInAnyOrder("a processed", "b processed", "c processed");
  }

  @Test
  void metadataIsReadAndWritten() throws Exception {
    String in = TestBroker.topic(1);
    String out = TestBroker.topic(1);
    TestBroker.send(
        List.of(
            new ProducerRecord<>(
                in,
                0,
                1_700_000_000_123L,
                utf8("k"),
                utf8("{\"a\":7}"),
                List.of(new RecordHeader("trace", utf8("t-1")))),
            new ProducerRecord<>(in, 0, 1_700_000_000_456L, utf8("k"), utf8("{\"a\":8}"))));
    String columns =
        "a INT, t STRING METADATA FROM 'topic' VIRTUAL, p INT METADATA FROM 'partition' VIRTUAL,"
            + " o BIGINT METADATA FROM 'offset' VIRTUAL,"
            + " ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',"
            + " kind STRING METADATA FROM 'timestamp-type' VIRTUAL,"
            + " epoch INT METADATA FROM 'leader-epoch' VIRTUAL,"
            + " trace STRING METADATA FROM 'header.trace'";
    List<String> rows =
        scripts.run(
            "SET 'table.local-time-zone' = 'UTC';"
                + "CREATE TABLE i ("
                + columns
                + ")"
                + whole(in, "'format' = 'json'")
                + "CREATE TABLE o (a INT, ts TIMESTAMP(3) METADATA FROM 'timestamp',"
                + " trace STRING METADATA FROM 'header.trace')"
                + with(out, "'format' = 'json'")
                + "CREATE TABLE r (a INT, t STRING, p INT, o BIGINT, ts TIMESTAMP_LTZ(3),"
                + " kind STRING, epoch INT, trace STRING) WITH ('connector' = 'rows');"
                + "INSERT INTO r SELECT * FROM i;"
                + "INSERT INTO o SELECT a, CAST(ts AS TIMESTAMP(3)), trace FROM i");
    assertThat(rows)
        .containsExactly(
            "+I[7, " + in + ", 0, 0, 2023-11-14T22:13:20.123Z, CreateTime, 0, t-1]",
            "+I[8, " + in + ", 0, 1, 2023-11-14T22:13:20.456Z, CreateTime, 0, null]");
    assertThat(TestBroker.records(out))
        .satisfiesExactly(
            first -> {
              assertThat(first.timestamp()).isEqualTo(1_700_000_000_123L);
              assertThat(first.headers().lastHeader("trace").value()).isEqualTo(utf8("t-1"));
            },
            second -> assertThat(second.headers()).isEmpty());
  }

  @Test
  void headersAreAMapThatIsReadFilteredAndWritten() throws Exception {
    String in = TestBroker.topic(1);
    String out = TestBroker.topic(1);
    TestBroker.send(
        List.of(
            new ProducerRecord<>(
                in,
                0,
                null,
                (byte[]) null,
                utf8("{\"a\":7}"),
                List.of(
                    new RecordHeader("trace", utf8("first")),
                    new RecordHeader("none", null),
                    new RecordHeader("größe", utf8("€")),
                    new RecordHeader("trace", utf8("last")))),
            new ProducerRecord<>(in, 0, null, utf8("{\"a\":8}")),
            new ProducerRecord<>(
                in,
                0,
                null,
                (byte[]) null,
                utf8("{\"a\":9}"),
                List.of(new RecordHeader("trace", utf8("x"))))));
    List<String> rows =
        scripts.run(
            "CREATE TABLE i (a INT, headers MAP<STRING, BYTES> METADATA)"
                + whole(in, "'format' = 'json'")
                + "CREATE TABLE o (a INT, h MAP<STRING, BYTES> METADATA FROM 'headers',"
                + " extra BYTES METADATA FROM 'header.extra')"
                + with(out, "'format' = 'json'")
                + "CREATE TABLE r (a INT, n INT, trace STRING, nil BYTES, texts STRING)"
                + " WITH ('connector' = 'rows');"
                + "INSERT INTO r SELECT a, CARDINALITY(headers), CAST(headers['trace'] AS STRING),"
                + " headers['none'], CAST(headers AS STRING) FROM i;"
                + "INSERT INTO o SELECT a, headers, headers['none'] FROM i"
                + " WHERE headers['trace'] = X'6C617374';"
                + "INSERT INTO o SELECT a, MAP['b', X'01', 'a', headers['trace'], 'b', X'02'],"
                + " X'03' FROM i WHERE headers['trace'] IS NULL OR CAST(headers['trace'] AS STRING)"
                + " LIKE 'x%'");
    assertThat(rows)
        .containsExactly(
            "+I[7, 3, last, null, {größe=€, none=NULL, trace=last}]",
            "+I[8, 0, null, null, {}]",
            "+I[9, 1, x, null, {trace=x}]");
    assertThat(TestBroker.records(out).stream().map(KafkaTableTest::described))
        .containsExactlyInAnyOrder(
            "{\"a\":7} größe=€ trace=last",
            "{\"a\":8} b=\u0002 extra=\u0003",
            "{\"a\":9} b=\u0002 a=x extra=\u0003");
  }

  private static String described(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder text = new StringBuilder(TestBroker.text(record.value()));
    record
        .headers()
        .forEach(
            header ->
                text.append(' ')
                    .append(header.key())
                    .append('=')
                    .append(TestBroker.text(header.value())));
    return text.toString();
  }

  @Test
  void headersOfAnUpsertedTopicAreReadAndWritten() throws Exception {
    String topic = TestBroker.topic(1);
    String columns =
        "(k INT, v INT, h MAP<STRING, STRING> METADATA FROM 'headers', PRIMARY KEY (k) NOT"
            + " ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = '"
            + topic
            + "', 'properties.bootstrap.servers' = '${servers}', 'key.format' = 'json',"
            + " 'value.format' = 'json'";
    scripts.run(
        "CREATE TABLE o "
            + columns
            + "); INSERT INTO o VALUES (1, 10, MAP['who', 'me', 'x', 'y'])");
    assertThat(
            scripts.run(
                "CREATE TABLE i "
                    + columns
                    + ", 'scan.bounded.mode' = 'latest-offset');"
                    + "CREATE TABLE r (k INT, v INT, h MAP<STRING, STRING>, n INT) WITH"
                    + " ('connector' = 'rows');"
                    + "INSERT INTO r SELECT k, v, h, CARDINALITY(h) FROM i"))
        .containsExactly("+I[1, 10, {x=y, who=me}, 2]");
  }

  @Test
  void metadataOfTheFormatIsReadBesideThatOfTheRecord() throws Exception {
    String topic = TestBroker.topic(1);
    TestBroker.send(
        topic,
        "{\"op\":\"u\",\"before\":{\"a\":1},\"after\":{\"a\":2},\"ts_ms\":1700000000456,"
            + "\"source\":{\"table\":\"orders\",\"lsn\":7}}");
    String columns =
        "(origin STRING METADATA FROM 'value.source.table' VIRTUAL, a INT, place BIGINT METADATA"
            + " FROM 'offset' VIRTUAL, seen TIMESTAMP_LTZ(3) METADATA FROM"
            + " 'value.ingestion-timestamp' VIRTUAL, p MAP<STRING, STRING> METADATA FROM"
            + " 'value.source.properties' VIRTUAL)";
    assertThat(
            scripts.run(
                "CREATE TABLE i "
                    + columns
                    + whole(topic, "'format' = 'debezium-json'")
                    + "CREATE TABLE r (a INT, origin STRING, place BIGINT, seen TIMESTAMP_LTZ(3),"
                    + " lsn STRING) WITH ('connector' = 'rows');"
                    + "INSERT INTO r SELECT a, origin, place, seen, p['lsn'] FROM i"))
        .containsExactly(
            "-U[1, orders, 0, 2023-11-14T22:13:20.456Z, 7]",
            "+U[2, orders, 0, 2023-11-14T22:13:20.456Z, 7]");
    assertThatThrownBy(
            () -> scripts.validate("CREATE TABLE i " + columns + whole(topic, "'format' = 'json'")))
        .hasMessageContaining("has no metadata 'value.source.table'");
  }

  @Test
  void metadataHasTheTypesOfFlink() {
    assertThat(RecordMetadata.keys().stream().map(key -> key.key() + " " + key.type()))
        .containsExactly(
            "topic STRING NOT NULL",
            "partition INT NOT NULL",
            "headers MAP<STRING, BYTES> NOT NULL",
            "header.# BYTES",
            "leader-epoch INT",
            "offset BIGINT NOT NULL",
            "timestamp TIMESTAMP_LTZ(3) NOT NULL",
            "timestamp-type STRING NOT NULL");
  }

  @Test
  void keyAndValueHaveTheirFormatsAndColumns() throws Exception {
    String topic = TestBroker.topic(1);
    String options =
        "'key.format' = 'csv', 'key.fields' = 'k_id;k_name', 'key.fields-prefix' = 'k_',"
            + " 'key.csv.field-delimiter' = ';', 'value.format' = 'json',"
            + " 'value.fields-include' = 'EXCEPT_KEY'";
    String columns = "(k_id INT, amount INT, k_name STRING)";
    scripts.run(
        "CREATE TABLE o " + columns + with(topic, options) + "INSERT INTO o VALUES (1, 10, 'x')");
    assertThat(TestBroker.records(topic))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isEqualTo(utf8("1;x"));
              assertThat(record.value()).isEqualTo(utf8("{\"amount\":10}"));
            });
    assertThat(
            scripts.run(
                "CREATE TABLE i "
                    + columns
                    + whole(topic, options)
                    + "CREATE TABLE r "
                    + columns
                    + " WITH ('connector' = 'rows'); INSERT INTO r SELECT * FROM i"))
        .containsExactly("+I[1, 10, x]");
  }

  @Test
  void badRecordIsADeadLetterWithItsPlace() throws Exception {
    String topic = TestBroker.topic(1);
    TestBroker.send(topic, "{\"a\":1}", "{", "{\"a\":3}");
    List<String> rows =
        scripts.run(
            "SET 'millrace.on-data-error' = 'dead-letter';"
                + "CREATE TABLE i (a INT)"
                + whole(topic, "'format' = 'json'")
                + "CREATE TABLE r (a INT) WITH ('connector' = 'rows'); INSERT INTO r SELECT * FROM"
                + " i");
    assertThat(rows).containsExactly("+I[1]", "+I[3]");
    assertThat(scripts.deadLetters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.position()).isEqualTo(topic + "/0/1");
              assertThat(letter.record()).isEqualTo("{");
            });
  }

  @Test
  void messageOfManyRowsIsReadInPieces() throws Exception {
    String topic = TestBroker.topic(1);
    StringBuilder array = new StringBuilder("[");
    IntStream.range(0, 1000)
        .forEach(i -> array.append(i == 0 ? "" : ",").append("{\"a\":" + i + "}"));
    TestBroker.send(topic, array.append(']').toString(), "{\"a\":1000}");
    assertThat(
            scripts.run(
                "CREATE TABLE i (a INT)"
                    + whole(topic, "'format' = 'json'")
                    + "CREATE TABLE r (a INT) WITH ('connector' = 'rows');"
                    + "INSERT INTO r SELECT * FROM i"))
        .isEqualTo(IntStream.rangeClosed(0, 1000).mapToObj(i -> "+I[" + i + "]").toList());
  }

  @Test
  void startAndEndAreOffsetsOrTimes() throws Exception {
    String topic = TestBroker.topic(1);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      records.add(new ProducerRecord<>(topic, 0, 1000L + i, null, utf8("" + i)));
    }
    TestBroker.send(records);
    assertThat(
            readRaw(
                with(
                    topic,
                    "'format' = 'raw', 'scan.startup.mode' = 'specific-offsets',"
                        + " 'scan.startup.specific-offsets' = 'partition:0,offset:3',"
                        + " 'scan.bounded.mode' = 'specific-offsets',"
                        + " 'scan.bounded.specific-offsets' = 'partition:0,offset:5'")))
        .containsExactly("+I[3]", "+I[4]");
    assertThat(
            readRaw(
                with(
                    topic,
                    "'format' = 'raw', 'scan.startup.mode' = 'timestamp',"
                        + " 'scan.startup.timestamp-millis' = '1007',"
                        + " 'scan.bounded.mode' = 'timestamp',"
                        + " 'scan.bounded.timestamp-millis' = '1009'")))
        .containsExactly("+I[7]", "+I[8]");
    assertThat(
            readRaw(
                with(
                    topic,
                    "'format' = 'raw', 'scan.startup.mode' = 'latest-offset',"
                        + " 'scan.bounded.mode' = 'latest-offset'")))
        .isEmpty();
    assertThat(
            readRaw(
                with(
                    topic,
                    "'format' = 'raw', 'properties.group.id' = 'none-yet',"
                        + " 'properties.auto.offset.reset' = 'earliest',"
                        + " 'scan.bounded.mode' = 'latest-offset'")))
        .hasSize(10);
    assertThatThrownBy(
            () ->
                readRaw(
                    with(
                        topic,
                        "'format' = 'raw', 'properties.group.id' = 'none-yet',"
                            + " 'scan.bounded.mode' = 'latest-offset'")))
        .hasMessageContaining("the group has no offset for " + topic + "-0");
  }

  private List<String> readRaw(String options) throws InterruptedException {
    return scripts.run(
        "CREATE TABLE i (v STRING)"
            + options
            + "CREATE TABLE r (v STRING) WITH ('connector' = 'rows'); INSERT INTO r SELECT * FROM"
            + " i");
  }

  @Test
  void topicsOfAPatternAreReadAndChosenByRow() throws Exception {
    String one = TestBroker.topic(1);
    String two = TestBroker.topic(1);
    scripts.run(
        "CREATE TABLE o (v STRING, t STRING METADATA FROM 'topic')"
            + with(one + ";" + two, "'format' = 'raw'")
            + "INSERT INTO o VALUES ('a', '"
            + one
            + "'), ('b', '"
            + two
            + "')");
    assertThat(TestBroker.values(two)).containsExactly("b");
    String pattern =
        " WITH ('connector' = 'kafka', 'topic-pattern' = '("
            + one
            + "|"
            + two
            + ")',"
            + " 'properties.bootstrap.servers' = '${servers}', 'format' = 'raw',"
            + " 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset');";
    assertThat(readRaw(pattern)).containsExactlyInAnyOrder("+I[a]", "+I[b]");
  }

  @Test
  void missingTopicAndDeadBrokerAreTold() {
    assertThatThrownBy(() -> readRaw(whole("nowhere", "'format' = 'raw'")))
        .hasMessageContaining("has no topic nowhere");
    assertThatThrownBy(
            () ->
                readRaw(
                    whole(
                            "nowhere",
                            "'format' = 'raw', 'properties.default.api.timeout.ms' = '300',"
                                + " 'properties.request.timeout.ms' = '200'")
                        .replace("${servers}", "localhost:1")))
        .hasMessageContaining("reading table 'i' (cluster localhost:1) failed");
  }

  @Test
  void exactlyOnceShowsNothingOfARunThatFails() throws Exception {
    String topic = TestBroker.topic(1);
    String script =
        "CREATE TABLE i (a STRING) "
            + whole(inputWith("1", "2", "x"), "'format' = 'raw'")
            + "CREATE TABLE o (a INT)"
            + with(
                topic,
                "'format' = 'json', 'sink.delivery-guarantee' = 'exactly-once',"
                    + " 'sink.transactional-id-prefix' = 'test'")
            + "INSERT INTO o SELECT CAST(a AS INT) FROM i";
    assertThatThrownBy(() -> scripts.run(script)).hasMessageContaining("x");
    assertThat(TestBroker.values(topic)).isEmpty();
    scripts.run(script.replace("CAST(a AS INT)", "TRY_CAST(a AS INT)"));
    assertThat(TestBroker.values(topic)).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":null}");
  }

  @Test
  void aPartitionReadLateMakesNoRowLate() throws Exception {
    String topic = TestBroker.topic(3);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int p = 0; p < 3; p++) {
      for (int second = 0; second < 2000; second++) {
        String time =
            "2026-01-01 0" + second / 3600 + ":" + two(second / 60 % 60) + ":" + two(second % 60);
        records.add(new ProducerRecord<>(topic, p, null, utf8("{\"ts\":\"" + time + "\"}")));
      }
    }
    TestBroker.send(records);
    assertThat(TestBroker.records(topic)).hasSize(6000);
    List<String> rows =
        scripts.run(
            "CREATE TABLE i (ts TIMESTAMP(3), twice AS ts, WATERMARK FOR ts AS ts)"
                + whole(topic, "'format' = 'json'")
                + "CREATE TABLE r (w TIMESTAMP(3), n BIGINT) WITH ('connector' = 'rows');"
                + "INSERT INTO r SELECT window_start, COUNT(twice) FROM TABLE(TUMBLE(TABLE i,"
                + " DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end");
    assertThat(rows).hasSize(34);
    assertThat(rows.subList(0, 33)).allSatisfy(row -> assertThat(row).endsWith(", 180]"));
  }

  @Test
  void partitionsAreSharedByReadersAndNoRowIsLateForTheOthers() throws Exception {
    String topic = TestBroker.topic(5);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int p = 0; p < 5; p++) {
      for (int second = 0; second < 1200; second++) {
        String time = "2026-01-01 00:" + two(second / 60) + ":" + two(second % 60);
        records.add(new ProducerRecord<>(topic, p, null, utf8("{\"ts\":\"" + time + "\"}")));
      }
    }
    TestBroker.send(records);
    String script =
        "CREATE TABLE i (ts TIMESTAMP(3), p INT METADATA FROM 'partition' VIRTUAL, WATERMARK FOR ts"
            + " AS ts)"
            + whole(topic, "'format' = 'json'")
            + "CREATE TABLE r (p INT, w TIMESTAMP(3), n BIGINT) WITH ('connector' = 'rows');"
            + "INSERT INTO r SELECT p, window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE i,"
            + " DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY p, window_start, window_end";
    Set<String> readers = new TreeSet<>();
    RunRequest request =
        scripts
            .request()
            .withStop(
                () -> {
                  Thread.getAllStackTraces().keySet().stream()
                      .map(Thread::getName)
                      .filter(name -> name.startsWith("millrace-source-i"))
                      .forEach(readers::add);
                  return false;
                });
    scripts.engine().run(scripts.validate(script), request.withLanes(3));
    assertThat(readers)
        .contains("millrace-source-i-0", "millrace-source-i-1", "millrace-source-i-2");
    assertThat(scripts.written()).hasSize(100).allSatisfy(row -> assertThat(row).endsWith(", 60]"));
  }

  @Test
  void aTableMaySayHowManyReadIt() throws Exception {
    String topic = TestBroker.topic(2);
    TestBroker.send(topic, "1", "2", "3", "4", "5");
    assertThat(readRaw(whole(topic, "'format' = 'raw', 'scan.parallelism' = '4'"))).hasSize(5);
    assertThatThrownBy(() -> readRaw(whole(topic, "'format' = 'raw', 'scan.parallelism' = '0'")))
        .hasMessageContaining("a number from 1 to 1024");
  }

  @Test
  void theSourceTellsHowFarBehindItIsAndWhereItIs() throws Exception {
    String topic = TestBroker.topic(1);
    TestBroker.send(topic, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    Plan plan =
        scripts.validate(
            "CREATE TABLE i (v STRING)"
                + whole(topic, "'format' = 'raw'")
                + "CREATE TABLE r (v STRING) WITH ('connector' = 'rows');"
                + "INSERT INTO r SELECT * FROM i");
    PlanNode.Scan scan = (PlanNode.Scan) plan.inserts().get(0).query();
    RowBatch batch = new RowBatch(scan.type(), 3);
    try (RowSource rows = scan.source().open(new OnlyServices(scripts.request().services()))) {
      while (!batch.isFull()) {
        rows.poll(batch);
      }
      assertThat(((LaggingSource) rows).lag()).hasValue(7);
      assertThat(((RewindableSource) rows).position()).isEqualTo(topic + "/0=3");
    }
  }

  private record OnlyServices(Services services) implements SourceContext {
    @Override
    public void deadLetter(String record, String position, Exception cause) {
      throw new AssertionError(record, cause);
    }
  }

  private static String two(int number) {
    return (number < 10 ? "0" : "") + number;
  }

  private static String upserts(String topic) {
    return "(k INT, v STRING, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector' = 'upsert-kafka',"
        + " 'topic' = '"
        + topic
        + "', 'properties.bootstrap.servers' = '${servers}', 'key.format' = 'raw',"
        + " 'value.format' = 'json', 'scan.bounded.mode' = 'latest-offset');";
  }

  private static ProducerRecord<byte[], byte[]> upsert(String topic, int key, String value) {
    return new ProducerRecord<>(
        topic,
        new byte[] {0, 0, 0, (byte) key},
        value == null ? null : utf8("{\"k\":" + key + ",\"v\":\"" + value + "\"}"));
  }

  @Test
  void upsertsAreReadAsACompleteChangelog() throws Exception {
    String topic = TestBroker.topic(1);
    TestBroker.send(
        List.of(
            upsert(topic, 1, "a"),
            upsert(topic, 2, "b"),
            upsert(topic, 1, "a"),
            upsert(topic, 1, "c"),
            upsert(topic, 3, null),
            upsert(topic, 2, null)));
    assertThat(
            scripts.run(
                "CREATE TABLE i "
                    + upserts(topic)
                    + "CREATE TABLE r (k INT, v STRING) WITH ('connector' = 'rows');"
                    + "INSERT INTO r SELECT * FROM i"))
        .containsExactly("+I[1, a]", "+I[2, b]", "-U[1, a]", "+U[1, c]", "-D[2, b]");
    assertThat(
            scripts.run(
                "CREATE TABLE i "
                    + upserts(topic)
                    + "CREATE TABLE r (n BIGINT) WITH ('connector' = 'rows');"
                    + "INSERT INTO r SELECT COUNT(*) FROM i"))
        .last()
        .isEqualTo("+U[1]");
  }

  @Test
  void updatesAreWrittenByKeyAndDeletesAsTombstones() throws Exception {
    String topic = TestBroker.topic(1);
    String in = TestBroker.topic(1);
    TestBroker.send(List.of(upsert(in, 1, "a"), upsert(in, 1, "b"), upsert(in, 1, null)));
    scripts.run(
        "CREATE TABLE i "
            + upserts(in)
            + "CREATE TABLE o "
            + upserts(topic)
            + "INSERT INTO o SELECT * FROM i");
    assertThat(TestBroker.records(topic).stream().map(record -> TestBroker.text(record.value())))
        .containsExactly("{\"k\":1,\"v\":\"a\"}", "{\"k\":1,\"v\":\"b\"}", null);
    assertThat(TestBroker.records(topic))
        .allSatisfy(record -> assertThat(record.key()).isEqualTo(new byte[] {0, 0, 0, 1}));
  }

  private static String inputWith(String... values) throws Exception {
    String topic = TestBroker.topic(1);
    TestBroker.send(topic, values);
    return topic;
  }
}
