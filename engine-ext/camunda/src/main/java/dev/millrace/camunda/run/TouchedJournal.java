// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import dev.millrace.connector.process.TouchedInstances;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The process instances a run has started and advanced, for its journal: nobody takes back what
 * they do, but a rollback tells of them, and cancels the started ones if it is asked to. Called on
 * the thread that commits.
 */
public final class TouchedJournal implements TouchedInstances {
  private static final String STARTED = "process-start";
  private static final String ADVANCED = "process-message";
  private static final String CONNECTION = "engine";
  private static final String TARGET = "PROCESS_INSTANCE";
  private static final String KEY = "PROC_INST_ID";

  private final List<Effect> effects = new ArrayList<>();

  @Override
  public void started(String processInstanceId) {
    add(STARTED, processInstanceId);
  }

  @Override
  public void advanced(String processInstanceId) {
    add(ADVANCED, processInstanceId);
  }

  private void add(String connector, String processInstanceId) {
    effects.add(
        new Effect(
            connector,
            CONNECTION,
            TARGET,
            Map.of(KEY, processInstanceId),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Map.of()));
  }

  /** A commit is attempted, from the start. */
  public void begin() {
    effects.clear();
  }

  /** Writes what the attempt touched. */
  public void write(EffectJournal journal) {
    effects.forEach(journal::append);
  }
}
