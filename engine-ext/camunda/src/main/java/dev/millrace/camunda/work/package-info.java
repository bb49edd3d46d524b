// SPDX-License-Identifier: Apache-2.0
/**
 * Threads that do queued work. Knows claims and leases, but not what the work is.
 *
 * <pre>
 *   wake (after a commit, or when a delay ends) ─┐
 *   poll, now and then ──────────────────────────┴→ coordinator ── claim ──→ workers
 *                                                        └── renew leases; stop what is lost
 * </pre>
 */
package dev.millrace.camunda.work;
