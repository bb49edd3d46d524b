// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectUndoer;
import dev.millrace.spi.effect.UndoOutcome;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;

/**
 * Cancels process instances that runs have started, where that was asked for. What such an instance
 * has done itself is not undone by it. In a command of the engine, on its thread.
 *
 * @param cancel false to tell only what would happen
 */
record StartedInstances(RuntimeService runtime, boolean cancel) implements EffectUndoer {
  /** The connector that journals each instance it has started, by this key. */
  static final String CONNECTOR = "process-start";

  private static final String KEY = "PROC_INST_ID";
  private static final String REASON = "rolled back with the run that started it";

  /** The process instance an effect has started. */
  static String instance(Effect effect) {
    return String.valueOf(effect.key().get(KEY));
  }

  @Override
  public String connector() {
    return CONNECTOR;
  }

  @Override
  public UndoOutcome undo(Effect effect, ConflictPolicy policy, Connection connection) {
    String instance = instance(effect);
    boolean running = runtime.createProcessInstanceQuery().processInstanceId(instance).count() > 0;
    if (running) {
      if (cancel) {
        runtime.deleteProcessInstance(instance, REASON);
      }
      return new UndoOutcome.Undone(Optional.of(Map.of("STATE", "running")), Optional.empty());
    }
    String reason =
        "%s %s: process instance %s has ended and cannot be cancelled"
            .formatted(CONNECTOR, effect.target(), instance);
    return policy == ConflictPolicy.FAIL
        ? new UndoOutcome.Conflict(reason)
        : new UndoOutcome.Skipped(reason);
  }
}
