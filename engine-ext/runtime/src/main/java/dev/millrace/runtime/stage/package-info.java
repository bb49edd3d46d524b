// SPDX-License-Identifier: Apache-2.0
/**
 * A dataflow at work.
 *
 * <pre>
 *   DataflowRun ── Wiring ──→ Stage (one thread)
 *                              StageInput: SourceReader | RingReader
 *                                 └─ Outlet ─→ Inlet: Step.channel ─ Operator ─ Outlet ─→ …
 *                                                     SinkWriter.channel ─→ Awaiting: until the commit
 *                                                     RingWriter, Exchange ─ Ring ─→ a later stage
 *   SourceThread (one or several a table) ─ Ring ─→ SourceRingReader ─ SharedTable ─→ Feed ─→ …
 * </pre>
 *
 * Rings lead from earlier stages to later ones only, and a stage drains all its rings, so a full
 * ring stops who writes to it and never a circle. Read first: {@link
 * dev.millrace.runtime.stage.DataflowRun}.
 */
package dev.millrace.runtime.stage;
