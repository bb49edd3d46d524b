// SPDX-License-Identifier: Apache-2.0
/**
 * What to compute, as data: no Calcite above, no threads below.
 *
 * <pre>
 *   Plan ── Insert* ── node.PlanNode (Scan, Calc, GroupAggregate, Join, …) ── expression.Expression
 * </pre>
 *
 * All is immutable and compared by value: equal nodes of one plan are one node, computed once.
 */
package dev.millrace.plan;
