// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

/** Whether a pipeline shall run. */
public enum PipelineState {
  /** Some node shall run it. */
  RUNNING,
  /** An operator holds it. */
  PAUSED,
  /** Failed; waits for an operator. */
  INCIDENT,
  /** Its script is gone, or has read all there is. */
  STOPPED
}
