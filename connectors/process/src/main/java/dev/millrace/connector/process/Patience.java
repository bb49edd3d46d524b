// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a message for which no process waits.
 *
 * @param mayStart a message start event takes it, if there is one
 * @param ttl how long it waits in the inbox; zero if it does not
 * @param target of the outcome: a process definition key, or the name of a signal
 */
public record Patience(boolean mayStart, Duration ttl, OnExpiry onExpiry, Optional<String> target) {

  /** What an expired message leads to, besides its state. */
  public enum OnExpiry {
    /** It is kept as a dead letter of the pipeline or run that sent it. */
    DEAD_LETTER,
    /** It starts a process. */
    START,
    /** It becomes a BPMN signal to all who listen. */
    SIGNAL
  }

  /** Whether it waits at all. */
  public boolean waits() {
    return !ttl.isZero();
  }
}
