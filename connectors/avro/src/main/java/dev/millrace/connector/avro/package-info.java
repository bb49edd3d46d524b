// SPDX-License-Identifier: Apache-2.0
/**
 * The formats {@code avro} and {@code avro-confluent}: single messages in Avro's binary or JSON
 * encoding, with the schema Flink derives from a table's columns.
 *
 * <pre>
 *   AvroFactory ────────────── TableSchema ──┐   AvroMessages ─ AvroRows ─ AvroColumn ─→ RowBatch
 *   ConfluentFactory ─ SchemaRegistry ───────┘   RowBatch ─ AvroRecords ─ AvroColumn ─→ bytes
 *                        └ ForeignSchema
 * </pre>
 *
 * Messages and the schemas they were written with come from strangers: {@link
 * dev.millrace.connector.avro.MessageBytes} believes no length a message tells, {@link
 * dev.millrace.connector.avro.ForeignSchema} takes no schema that is deep, or small and unfolds to
 * something large. Values go from the decoder into cells; no class is ever looked up by a name in a
 * schema.
 *
 * <p>Where Flink 2.3 silently changes what it reads (an INT cut to a TINYINT, microseconds read as
 * milliseconds, a decimal read with another scale), the value is converted or the record is bad.
 *
 * <p>Read first: {@link dev.millrace.connector.avro.TableSchema}.
 */
package dev.millrace.connector.avro;
