// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.node;

import dev.millrace.camunda.config.MillraceSettings;
import dev.millrace.camunda.history.HistoryReaders;
import dev.millrace.camunda.live.ChannelSweep;
import dev.millrace.camunda.run.HistorySweep;
import dev.millrace.camunda.start.StartSweep;
import dev.millrace.camunda.work.Repeater;
import java.util.List;

/** What a node does now and then though no work waits for it. Thread-safe. */
final class Housekeeping {
  private final Repeater historyWatch;
  private final Repeater sweeper;

  /**
   * @param historyReaders learn of pipelines that were deployed on other nodes
   */
  Housekeeping(Equipment equipment, HistoryReaders historyReaders) {
    MillraceSettings settings = equipment.settings();
    historyWatch = new Repeater("millrace-history", settings.poll(), historyReaders);
    List<Runnable> sweeps =
        List.of(
            new HistorySweep(
                equipment.commands(), equipment.store().retention(), equipment.configuration()),
            new StartSweep(equipment.commands(), equipment.configuration()),
            new ChannelSweep(equipment.store().channels()),
            equipment.hooks()::sweep);
    sweeper = new Repeater("millrace-sweep", settings.sweep(), () -> sweeps.forEach(Runnable::run));
  }

  void start() {
    historyWatch.start();
    sweeper.start();
  }

  /** Begins nothing more, without waiting for what is under way. */
  void stop() {
    historyWatch.stop();
    sweeper.stop();
  }

  /**
   * Lets what is under way end.
   *
   * @param deadlineNanos as {@link System#nanoTime}
   */
  void close(long deadlineNanos) {
    historyWatch.close(deadlineNanos);
    sweeper.close(deadlineNanos);
  }
}
