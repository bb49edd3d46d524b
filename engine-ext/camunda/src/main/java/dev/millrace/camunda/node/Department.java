// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.node;

/** A kind of work of a node. */
public enum Department {
  /** Runs of stream tasks. */
  RUNS("millrace-runs"),
  /** Compensation handlers, and rollbacks that operators ordered. */
  ROLLBACKS("millrace-rollbacks"),
  PIPELINES("millrace-pipelines"),
  /** What commits have left to be sent to foreign systems. */
  OUTBOXES("millrace-outbox");

  private final String threads;

  Department(String threads) {
    this.threads = threads;
  }

  /** What the names of its threads begin with. */
  String threads() {
    return threads;
  }
}
