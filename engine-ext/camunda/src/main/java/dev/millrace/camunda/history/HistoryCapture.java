// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.history;

import java.util.List;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;

/** Notes events while anybody reads them. Called inside the engine's commands. Thread-safe. */
public final class HistoryCapture implements HistoryEventHandler {
  private volatile HistoryReaders readers;

  /** From now on events are noted; before, there is no store. */
  public void start(HistoryReaders known) {
    readers = known;
  }

  @Override
  public void handleEvent(HistoryEvent event) {
    HistoryReaders known = readers;
    if (known != null && known.any()) {
      EventRows.of(event, known)
          .ifPresent(row -> Context.getCommandContext().getSession(CapturedEvents.class).add(row));
    }
  }

  @Override
  public void handleEvents(List<HistoryEvent> events) {
    events.forEach(this::handleEvent);
  }
}
