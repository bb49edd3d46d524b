// SPDX-License-Identifier: Apache-2.0
/**
 * Joins. Hot code.
 *
 * <pre>
 *   left rows ──→ JoinOperator ──→ joined rows
 *   right rows ─→   │  each input's rows so far: JoinState
 *                   │     RowStore   the rows, in slots
 *                   │     KeyIndex   key → slots, to find what matches
 *                   │     RowIndex   row → slots, to find what a retraction takes back
 *
 *   left rows ──→ LookupJoinOperator ──→ joined rows      the right side is asked, not kept
 * </pre>
 *
 * Both copy Flink: {@code StreamingJoinOperator}, {@code LookupJoinRunner}.
 */
package dev.millrace.runtime.operator.join;
