// SPDX-License-Identifier: Apache-2.0
/**
 * The facade: Flink SQL in, effects out, without a process engine.
 *
 * <pre>
 *   script ─→ LocalStreamEngine.validate ─ Ceilings: may it SET that? ─→ Plan
 *   Plan, RunRequest ─→ LocalStreamEngine.run ─→ a DataflowRun, and between its batches
 *       Commits ├─ StateKeeping     snapshots and traces
 *               ├─ ReplayedLetters  dead letters that shall go through once more
 *               └─ Committer        the host's transaction
 * </pre>
 *
 * <p>Read first: {@link dev.millrace.engine.StreamEngine}.
 */
package dev.millrace.engine;
