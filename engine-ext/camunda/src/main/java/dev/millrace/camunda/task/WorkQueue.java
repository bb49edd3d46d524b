// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.task;

import dev.millrace.store.NewRollback;
import dev.millrace.store.NewRun;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Takes work from process instances, in the transaction of the current command; it is done by other
 * threads after that has committed.
 */
public interface WorkQueue {
  void run(NewRun run);

  /** The activity is gone: its run, if unfinished, must stop. */
  void cancelRun(ExecutionEntity execution);

  /** A scope has completed; its runs are from now on found under another id. */
  void moveScope(String processInstanceId, String fromScopeId, String toScopeId);

  void rollBack(NewRollback rollback);

  /** The handler is gone: what it waits for must not happen. */
  void cancelRollback(ExecutionEntity execution);
}
