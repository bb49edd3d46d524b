// SPDX-License-Identifier: Apache-2.0
/**
 * Aggregates to {@link dev.millrace.runtime.aggregate.GroupTable}s.
 *
 * <pre>
 *   AggregateCompiler ── GroupTableSource (the class) ─┬ KeyCode        finds a group
 *                                                      └ AggregateCode  one call: adds, takes back,
 *                                                                       merges, results
 * </pre>
 */
package dev.millrace.codegen.aggregate;
