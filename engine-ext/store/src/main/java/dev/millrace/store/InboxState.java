// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

/**
 * What became of a message in the inbox.
 *
 * <pre>
 *   BUFFERED ─┬─→ DELIVERED                        an instance has it, or was started by it
 *     ↑       ├─→ EXPIRED                          its time has passed
 *     │       ├─→ AMBIGUOUS                        more than one instance waits for it
 *     │       └─→ REJECTED                         the instance failed with it, each time it was tried
 *     └────────── retry: EXPIRED, AMBIGUOUS, REJECTED
 * </pre>
 */
public enum InboxState {
  /** Waits for its subscriber, and holds later ones for the same receiver behind it. */
  BUFFERED,
  DELIVERED,
  EXPIRED,
  AMBIGUOUS,
  REJECTED
}
