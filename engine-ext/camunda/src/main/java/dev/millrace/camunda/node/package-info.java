// SPDX-License-Identifier: Apache-2.0
/**
 * The engine room of a node: it is the one place that knows all kinds of work. What works is
 * elsewhere, one room per kind; here it gets its tools, begins and ends.
 *
 * <pre>
 *   Equipment       what all work is done with
 *      ↓
 *   NodeWork        start … close
 *    ├─ Departments ← wake, interrupt: RUNS │ ROLLBACKS │ PIPELINES │ OUTBOXES
 *    │     ↑ a dispatcher each
 *    │  DepartmentWork
 *    ├─ the inbox
 *    └─ Housekeeping  sweeps now and then what no work waits for
 * </pre>
 *
 * <p>Read next: {@link dev.millrace.camunda.node.NodeWork}.
 */
package dev.millrace.camunda.node;
