// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.error;

/** Decides the reaction to a failure. */
public enum ErrorCategory {
  /** The script is wrong: its deployment fails. */
  SQL,
  /** A row is wrong: dead letter, or a BPMN error a boundary event can catch. */
  DATA,
  /** The outside does not answer: retried with back-off, then an incident. */
  CONNECTOR,
  /** A bound is met: back off. */
  RESOURCE,
  /** A fault of ours: stop, incident. */
  INTERNAL
}
