// SPDX-License-Identifier: Apache-2.0
/**
 * The run of a stream task: computed on a worker's thread outside any transaction, then committed
 * together with the completion of its activity.
 *
 * <pre>
 *   RunSource ── claim ──→ RunWork ── StreamEngine.run ──→ RunCommit   effects, journal, completion
 *                             │                                        in one engine transaction
 *                             └─ failure ──→ RunFailures   retry · BPMN error · incident
 * </pre>
 */
package dev.millrace.camunda.run;
