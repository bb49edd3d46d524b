// SPDX-License-Identifier: Apache-2.0
/**
 * The formats {@code csv}, {@code json}, {@code debezium-json} and {@code raw}, with Flink's
 * options and its reading of values.
 *
 * <pre>
 *   bytes ─ CharWindow ─┬─ CsvTokenizer ─ CsvReader ──┬─ TextCell ─→ RowBatch
 *                       └─ lines ─ JsonLineReader ────┘   TextRows: JsonRows, DebeziumRows
 *   message ─ CsvMessages, JsonMessages, RawMessages ─→ RowBatch
 *   RowBatch ─┬─ CsvWriter ──────┬─ TextTimes ─→ bytes
 *             └─ JsonLineWriter ─┘
 * </pre>
 *
 * A record that cannot become a row goes to {@link dev.millrace.spi.format.BadRecords} with file
 * and line, and reading goes on with the next line; with {@code ignore-parse-errors} a bad field is
 * NULL and a bad row is left out, as in Flink. Where Flink 2.3 silently changes what it reads (a
 * decimal with too many digits becomes NULL, any text is a BOOLEAN, February 30 is March 2, 1.9 is
 * the INT 1, text after a JSON object is dropped), we call the record bad.
 *
 * <p>Read first: {@link dev.millrace.connector.format.CsvTokenizer}.
 */
package dev.millrace.connector.format;
