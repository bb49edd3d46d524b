// SPDX-License-Identifier: Apache-2.0
/**
 * How rows move.
 *
 * <pre>
 *   source ─poll→ RowBatch ─→ Operator ─→ Operator ─→ sink        one stage: one thread, one chain
 *                                │ exchange: hash of the key
 *                                ├─ ring ─→ lane 0 of the next stage ─┐
 *                                └─ ring ─→ lane 1 of the next stage ─┴─ ring ─→ sinks
 * </pre>
 *
 * Operators hand whole batches on by plain calls. A batch crosses a ring (LMAX Disruptor) only
 * where the plan exchanges rows by key, or where input blocks. {@code kernel} holds the few methods
 * that are generated per script; {@code operator} what is written once.
 */
package dev.millrace.runtime;
