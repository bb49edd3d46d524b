// SPDX-License-Identifier: Apache-2.0
/**
 * What a connector and the engine say to each other. Depends on nothing but the JDK.
 *
 * <pre>
 *   type       the data types of Flink SQL, and the shape of a row
 *   row        the batch: rows in columns, the one thing that moves
 *   error      a failure with a number, a category and a place
 *   option     what a WITH clause may say
 *   format     bytes to rows and back
 *   connector  tables as sources and sinks, what they may ask of their surroundings
 *   effect     what a sink changed, and how it is taken back
 *   outbox     what a sink does to foreign systems once the commit has happened
 *   fault      the moments at which a crash hurts, for tests
 * </pre>
 *
 * Read next: {@link dev.millrace.spi.row.RowBatch}, then {@link
 * dev.millrace.spi.connector.RowSource}.
 */
package dev.millrace.spi;
