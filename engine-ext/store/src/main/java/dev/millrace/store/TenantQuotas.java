// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

/**
 * What the work of one tenant may store, on all nodes together.
 *
 * @param inboxMessages that wait in the inbox
 * @param deadLetters nobody has looked after yet
 * @param journalEffects in the journals of its runs
 * @param stateBytes of the snapshots of its pipelines, two of each
 */
public record TenantQuotas(
    long inboxMessages, long deadLetters, long journalEffects, long stateBytes) {
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** As much as they like. */
  public static TenantQuotas none() {
    return new TenantQuotas(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);
  }
}
