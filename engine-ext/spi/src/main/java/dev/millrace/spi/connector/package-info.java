// SPDX-License-Identifier: Apache-2.0
/**
 * Tables as sources and sinks.
 *
 * <pre>
 *   ConnectorFactory ── SourceFactory ─ source(TableContext) ─→ TableSource ─ open ─→ RowSource
 *   (by identifier,  └─ SinkFactory ─── sink(TableContext) ───→ TableSink ─── open ─→ RowSink
 *    with its options)                                          └ may be LookupTable, ProjectableSource, ParallelSource, TransactionalSink …
 * </pre>
 *
 * Factories are cold and run at validation: everything that can be wrong about a table is found
 * there. {@link dev.millrace.spi.connector.RowSource} and {@link
 * dev.millrace.spi.connector.RowSink} run on a stage's thread.
 */
package dev.millrace.spi.connector;
