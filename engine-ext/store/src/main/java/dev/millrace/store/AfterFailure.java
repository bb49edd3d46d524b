// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.time.Duration;

/** What becomes of a run that failed. */
public sealed interface AfterFailure {
  /** Queued again, due after a delay. */
  record Retry(Duration delay) implements AfterFailure {}

  /** Waits for an operator, who {@link Runs#requeue requeues} it. */
  record Incident() implements AfterFailure {}

  /** Over: the process has been told, by a BPMN error for example. */
  record Final() implements AfterFailure {}
}
