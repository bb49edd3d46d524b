// SPDX-License-Identifier: Apache-2.0
/**
 * Records for foreign systems: written with the work that makes them, sent after its commit.
 *
 * <pre>
 *   RunCommit, PipelineCommit ─ OutboxDesk ─→ MR_OUTBOX ─ OutboxSource ─→ OutboxWork ─→ Publisher
 *                                   └ OutboxBell: something was committed ┘
 * </pre>
 */
package dev.millrace.camunda.outbox;
