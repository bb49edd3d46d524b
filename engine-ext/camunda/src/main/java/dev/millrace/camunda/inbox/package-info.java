// SPDX-License-Identifier: Apache-2.0
/**
 * Messages to process instances, and those that must wait.
 *
 * <pre>
 *   process-message ── Desk ─┬─→ the one instance that waits
 *                            ├─→ a message start event, if the table says so
 *                            └─→ MR_INBOX ── commit ──┐
 *   a subscription commits (WatchedSubscriptions) ────┴─→ Courier ─→ the instance
 *                                                          └─→ expired: dead letter, process or signal
 * </pre>
 *
 * <p>Both sides look after their commit: the one who keeps a message looks for a subscriber, the
 * one who subscribes looks for a message. Whoever commits last sees the other, on whatever node, so
 * nothing is polled; a sweep now and then finds what a node left that died in between, and what was
 * suspended.
 *
 * <p>Read first: {@link dev.millrace.camunda.inbox.Desk}.
 */
package dev.millrace.camunda.inbox;
