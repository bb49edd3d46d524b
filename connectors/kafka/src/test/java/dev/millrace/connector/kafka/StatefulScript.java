// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A pipeline that remembers: sums by window of event time into one topic, and all that was ever
 * read of a key, in the order it was read, into another. With its input and what must come of it.
 */
final class StatefulScript {
  static final int PARTITIONS = 3;
  private static final int KEYS = 4;
  private static final LocalDateTime START = LocalDateTime.parse("2026-01-01T00:00");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int SECONDS_LENGTH = "yyyy-MM-dd HH:mm:ss".length();
  private static final Pattern WINDOW =
      Pattern.compile("\\{\"k\":(\\d+),\"w\":\"([^\"]*)\",\"s\":(\\d+)}");
  private static final Pattern ALL = Pattern.compile("\\{\"k\":(\\d+),\"t\":\"([^\"]*)\"}");

  private final String in;
  private final Random random = new Random(1);
  private final int[] sent = new int[PARTITIONS];
  private final Map<String, Long> sums = new TreeMap<>();
  private int rows;

  StatefulScript(String in) {
    this.in = in;
  }

  /**
   * Snapshots are so rare that there is but the first.
   *
   * @param readers threads that share the input
   */
  static String sql(String in, String windows, String all, int readers) {
    return """
    SET 'pipeline.name' = 'p';
    SET 'parallelism.default' = '%4$d';
    SET 'millrace.start' = 'on-deployment';
    SET 'millrace.on-data-error' = 'dead-letter';
    SET 'millrace.commit.interval' = '50 ms';
    SET 'millrace.commit.rows' = '100';
    SET 'millrace.snapshot.interval' = '10 h';
    CREATE TABLE i (k INT, v INT, n STRING, ts TIMESTAMP(3),
        WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH (
      'connector' = 'kafka', 'connection' = 'main', 'topic' = '%1$s', 'format' = 'json',
      'scan.startup.mode' = 'earliest-offset');
    CREATE TABLE w (k INT, w STRING, s BIGINT) WITH (
      'connector' = 'kafka', 'connection' = 'main', 'topic' = '%2$s', 'format' = 'json');
    CREATE TABLE a (k INT, t STRING, PRIMARY KEY (k) NOT ENFORCED) WITH (
      'connector' = 'upsert-kafka', 'connection' = 'main', 'topic' = '%3$s',
      'key.format' = 'json', 'value.format' = 'json');
    INSERT INTO w SELECT k, CAST(window_start AS STRING), SUM(v) FROM TABLE(
      TUMBLE(TABLE i, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end;
    INSERT INTO a SELECT k, LISTAGG(n) FROM i GROUP BY k;
    """
        .formatted(in, windows, all, readers);
  }

  /** Rows of all partitions, none of them late in its own: another hundred milliseconds each. */
  List<ProducerRecord<byte[], byte[]>> more(int rowsAPartition) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < rowsAPartition; i++) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        int number = sent[partition]++;
        long millis = number * 100L - random.nextInt(900);
        int k = random.nextInt(KEYS);
        int v = random.nextInt(100);
        records.add(record(partition, k, v, partition + "-" + number, Math.max(0, millis)));
        String window = START.plusSeconds(Math.max(0, millis) / 10_000 * 10).format(SECONDS);
        sums.merge(k + " " + window, (long) v, Long::sum);
        rows++;
      }
    }
    return records;
  }

  /** A row each behind all windows, which makes them fire. */
  List<ProducerRecord<byte[], byte[]>> last() {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      records.add(record(partition, 0, 0, "last", 100_000_000));
      rows++;
    }
    return records;
  }

  private ProducerRecord<byte[], byte[]> record(int partition, int k, int v, String n, long at) {
    LocalDateTime time = START.plusNanos(at * 1_000_000);
    String json =
        "{\"k\":%d,\"v\":%d,\"n\":\"%s\",\"ts\":\"%s\"}".formatted(k, v, n, time.format(MILLIS));
    return new ProducerRecord<>(in, partition, null, TestBroker.utf8(json));
  }

  int windows() {
    return sums.size();
  }

  int rows() {
    return rows;
  }

  /** Each window once, with its sum. */
  void checkWindows(List<String> values) {
    Map<String, Long> found = new TreeMap<>();
    for (String value : values) {
      Matcher matcher = matcher(WINDOW, value);
      String window = matcher.group(2).substring(0, SECONDS_LENGTH);
      assertThat(found.put(matcher.group(1) + " " + window, Long.valueOf(matcher.group(3))))
          .as("a window that has fired twice: " + value)
          .isNull();
    }
    assertThat(found).isEqualTo(sums);
  }

  /**
   * Each row has made one record, and each record goes on where the one before of its key ended: so
   * what was remembered was never another than what had been written.
   */
  void checkAll(List<ConsumerRecord<byte[], byte[]>> records) {
    assertThat(records).hasSize(rows);
    Map<String, String> before = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Matcher matcher = matcher(ALL, TestBroker.text(record.value()));
      String text = before.put(matcher.group(1), matcher.group(2));
      assertThat(matcher.group(2)).startsWith(text == null ? "" : text + ",");
    }
    String everything = String.join(",", before.values());
    assertThat(everything.split(",")).hasSize(rows);
  }

  private static Matcher matcher(Pattern pattern, String value) {
    Matcher matcher = pattern.matcher(value);
    assertThat(matcher.matches()).as(value).isTrue();
    return matcher;
  }
}
