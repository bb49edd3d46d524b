// SPDX-License-Identifier: Apache-2.0
/**
 * {@code 'connector' = 'jdbc'}: tables of a database, with Flink's options.
 *
 * <pre>
 *   JdbcFactory ── JdbcSource ─┬─ JdbcScan          reads the table once, from first row to last
 *                              └─ JdbcLookup        asks for rows by key, with a cache
 *               ── JdbcSink ───┬─ BufferedWriter    own connection: at least once, as in Flink
 *                              └─ StagedWriter      the engine's transaction: exactly once, journaled
 *   JdbcUndoer                                      takes back what StagedWriter did
 * </pre>
 *
 * {@link dev.millrace.connector.jdbc.TableResolver} binds a declared table to a real one by the
 * database's own metadata; from there on, values are of the classes of {@link
 * dev.millrace.connector.jdbc.Kind}, and names are quoted. Drivers are the host's: none comes
 * along.
 */
package dev.millrace.connector.jdbc;
