// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * Which of a table's partitions one of its readers reads: those of a topic in turn, and each topic
 * begins with another reader, as Flink's {@code KafkaSourceEnumerator} has it. A partition has one
 * reader, known without asking the others.
 *
 * @param reader from 0
 */
record Share(int reader, int readers) {
  static final Share ALL = new Share(0, 1);

  boolean has(TopicPartition partition) {
    int first = ((partition.topic().hashCode() * 31) & Integer.MAX_VALUE) % readers;
    return (first + partition.partition()) % readers == reader;
  }

  /** Tells a client of this reader from those of the others. */
  String clientId(String table) {
    return "millrace-" + table + (readers == 1 ? "" : "-" + reader);
  }
}
