// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** What can be wrong with a Kafka table, its records and its cluster. No message holds a secret. */
final class KafkaErrors {
  private static final String RANGE = "KAFKA";

  private KafkaErrors() {}

  static MillraceException noAddress(String table, Collection<String> known) {
    return sql(
        1,
        "table '%s' says neither 'connection', a configured cluster (%s), nor"
                .formatted(table, names(known))
            + " 'properties.bootstrap.servers'");
  }

  static MillraceException twoAddresses(String table, String key) {
    return sql(
        2,
        "table '%s' has both 'connection' and '%s'; a configured cluster knows its own"
            .formatted(table, key));
  }

  static MillraceException unknownConnection(String table, String name, Collection<String> known) {
    return sql(
        3,
        "table '%s': there is no cluster '%s'; configured are %s"
            .formatted(table, name, names(known)));
  }

  static MillraceException plainAddress(String table, String key, Collection<String> known) {
    return sql(
        4,
        "table '%s': '%s' is not allowed here; name a configured cluster instead: 'connection' ="
                .formatted(table, key)
            + " one of "
            + names(known));
  }

  static MillraceException oneOf(String table, String first, String second) {
    return sql(
        5, "table '%s' needs either '%s' or '%s', and not both".formatted(table, first, second));
  }

  static MillraceException requires(String table, String option, String because) {
    return sql(6, "table '%s' lacks '%s', which %s needs".formatted(table, option, because));
  }

  static MillraceException badOffsets(String table, String option, String value) {
    return sql(
        7,
        "table '%s': '%s' is '%s'; expected 'partition:0,offset:42;partition:1,offset:300'"
            .formatted(table, option, value));
  }

  static MillraceException unknownKeyField(String table, String field, List<String> columns) {
    return sql(
        8,
        "table '%s': 'key.fields' names '%s', which is not one of its columns %s"
            .formatted(table, field, columns));
  }

  static MillraceException keyFieldPrefix(String table, String field, String prefix) {
    return sql(
        9,
        "table '%s': key column '%s' does not start with '%s', the 'key.fields-prefix'"
            .formatted(table, field, prefix));
  }

  static MillraceException prefixNeedsExceptKey(String table) {
    return sql(
        10,
        "table '%s': 'key.fields-prefix' needs 'value.fields-include' = 'EXCEPT_KEY'"
            .formatted(table));
  }

  static MillraceException keyNotAllowed(String table, String format) {
    return sql(
        11,
        "table '%s' cannot have a PRIMARY KEY: format '%s' carries inserts only; use 'upsert-kafka'"
            .formatted(table, format));
  }

  static MillraceException changingFormat(String table, String option, String format) {
    return sql(
        12,
        "table '%s': format '%s' carries changes, '%s' takes one of inserts only"
            .formatted(table, format, option));
  }

  static MillraceException badPattern(String table, String pattern, String why) {
    return sql(
        13, "table '%s': 'topic-pattern' '%s' is not RE2: %s".formatted(table, pattern, why));
  }

  static MillraceException singleTopicOnly(String table, String what) {
    return sql(14, "table '%s': %s needs a single 'topic'".formatted(table, what));
  }

  static MillraceException topicColumnNeeded(String table) {
    return sql(
        15,
        "table '%s' writes to several topics and lacks a column METADATA FROM 'topic' that says"
                .formatted(table)
            + " which");
  }

  static MillraceException roundRobinWithKey(String table) {
    return sql(16, "table '%s': 'round-robin' needs records without 'key.fields'".formatted(table));
  }

  static MillraceException keyNeeded(String table) {
    return sql(
        17,
        "table '%s' needs a PRIMARY KEY (…) NOT ENFORCED: it is the key of its records"
            .formatted(table));
  }

  static MillraceException noKey(String table) {
    return data(30, "the record of table '%s' has no key".formatted(table));
  }

  static MillraceException valueOnly(String table) {
    return data(
        39,
        ("of a record of table '%s' only the value was kept, and its key or metadata are columns, too;"
                + " replay rows instead")
            .formatted(table));
  }

  static MillraceException topicNotAllowed(String table, String topic, String allowed) {
    return data(
        31, "the row's topic is '%s'; table '%s' writes to %s".formatted(topic, table, allowed));
  }

  static MillraceException failed(String what, Cluster cluster, Exception cause) {
    return connector(
        50, "%s (cluster %s) failed: %s".formatted(what, cluster, message(cause)), cause);
  }

  static MillraceException noSuchTopic(String table, String topics, Cluster cluster) {
    return connector(
        51, "table '%s': cluster %s has no topic %s".formatted(table, cluster, topics), null);
  }

  static MillraceException noGroupOffset(String table, TopicPartition partition) {
    return connector(
        52,
        "table '%s': the group has no offset for %s; set 'properties.auto.offset.reset' or another"
                .formatted(table, partition)
            + " 'scan.startup.mode'",
        null);
  }

  static MillraceException positionGone(
      String table, TopicPartition partition, long position, long first) {
    return connector(
        53,
        "table '%s': %s was to go on at offset %d, but its oldest record is %d: records were"
                .formatted(table, partition, position, first)
            + " deleted before they were read; deploy with SET 'millrace.on-redeploy' ="
            + " 'discard-positions': it then begins as 'scan.startup.mode' says",
        null);
  }

  static MillraceException cutShort(
      String table, TopicPartition partition, long position, long end) {
    return connector(
        54,
        "table '%s': %s was read up to offset %d, but now ends at %d: it was made anew or has lost"
                .formatted(table, partition, position, end)
            + " records; bring them back, or deploy with SET 'millrace.on-redeploy' ="
            + " 'discard-positions'",
        null);
  }

  static MillraceException tooManyStaged(String table, long max) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.RESOURCE, 70),
        "the run holds %d records for table '%s', which is all it may (millrace.max-staged-rows)"
            .formatted(max, table));
  }

  static MillraceException notAPosition(String table, String position) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.INTERNAL, 90),
        "table '%s': '%s' is no position of a Kafka table".formatted(table, position));
  }

  /** The first line, without what a client may repeat of its settings behind it. */
  private static String message(Exception cause) {
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return text.lines().findFirst().orElse("");
  }

  private static String names(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names.stream().sorted().toList());
  }

  private static MillraceException sql(int number, String message) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.SQL, number), message);
  }

  private static MillraceException data(int number, String message) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.DATA, number), message);
  }

  private static MillraceException connector(int number, String message, Exception cause) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.CONNECTOR, number), message, cause);
  }
}
