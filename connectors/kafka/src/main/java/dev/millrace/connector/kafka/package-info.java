// SPDX-License-Identifier: Apache-2.0
/**
 * Topics of Kafka as tables, with the options of Flink's connectors {@code kafka} and {@code
 * upsert-kafka}.
 *
 * <pre>
 *   broker ─ Consumer ─→ KafkaRows ─ RecordRows ─→ RowBatch      Partitions: which, from where, how far
 *                            └ Offsets: the position, kept with what became of the rows
 *   RowBatch ─→ RowRecords ─→ DirectWriter ─→ Producer           on the command line
 * </pre>
 *
 * A script names a configured cluster; the settings it may make itself are listed in {@link
 * dev.millrace.connector.kafka.ClientProperties}: nothing that loads a class, opens a file or names
 * a host.
 */
package dev.millrace.connector.kafka;
