// SPDX-License-Identifier: Apache-2.0
/**
 * What must outlive a crash, in the tables {@code MR_…} of the engine's database, in plain JDBC.
 *
 * <pre>
 *   MR_RUN          {@link dev.millrace.store.Runs}         the life of a run: queue, lease, fencing epoch, outcome
 *   MR_EFFECT       {@link dev.millrace.store.Journal}      what its sinks changed, in order
 *                   {@link dev.millrace.store.Undo}         … and how that is taken back
 *   MR_ROLLBACK     {@link dev.millrace.store.Rollbacks}    compensation handlers that wait for it
 *   MR_PIPELINE     {@link dev.millrace.store.Pipelines}    scripts that run on
 *                   {@link dev.millrace.store.PipelineDeployments}  … how they come to their scripts
 *                   {@link dev.millrace.store.PipelineWishes}       … what operators want of them
 *                   {@link dev.millrace.store.ProgressReports}      … and what their nodes tell of them
 *   MR_POSITION     {@link dev.millrace.store.Positions}    how far they have read
 *   MR_INBOX        {@link dev.millrace.store.Inbox}        messages that wait for their subscriber
 *                   {@link dev.millrace.store.InboxQuery}   … and what people ask of them
 *   MR_LINEAGE      {@link dev.millrace.store.Lineage}      which input started or advanced an instance
 *   MR_SNAPSHOT, MR_TRACE {@link dev.millrace.store.Snapshots}  what pipelines remember
 *   MR_STARTED      {@link dev.millrace.store.Starts}       keys for which instances were started
 *   MR_LIVE_ROW     {@link dev.millrace.store.StoredLiveTables}  keyed tables that scripts maintain
 *   MR_CHANNEL…     {@link dev.millrace.store.StoredChannels}    durable streams, and who reads them
 *   MR_HISTORY_EVENT {@link dev.millrace.store.HistoryLog}       the engine's history on its way into one
 *   MR_DEAD_LETTER  {@link dev.millrace.store.DeadLetters}  rows that could not be processed
 *                   {@link dev.millrace.store.LetterReplays}    … those a running pipeline shall process again
 *   MR_OUTBOX…      {@link dev.millrace.store.Outboxes}     records on their way to foreign systems
 *                   {@link dev.millrace.store.Retention}    forgets an instance with the engine's history
 *                   {@link dev.millrace.store.TenantUsage}  what a tenant's work may store of all this
 * </pre>
 *
 * <p>An operation that takes a {@link java.sql.Connection} is part of the caller's transaction (the
 * engine's) and never commits; the others have a short transaction of their own. All classes are
 * thread-safe and, but for what TenantUsage has counted lately, stateless. Times are the {@link
 * dev.millrace.store.StoreClock}'s, normally the database's, so nodes need no synchronised clocks.
 *
 * <p>Read first: {@link dev.millrace.store.Store}, then {@link dev.millrace.store.Runs}.
 */
package dev.millrace.store;
