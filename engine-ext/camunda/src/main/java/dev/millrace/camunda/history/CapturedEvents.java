// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.history;

import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.store.HistoryLog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;

/** The events of the current command, written when it ends. One per command, on its thread. */
public final class CapturedEvents implements Session {
  private final HistoryLog log;
  private final Runnable committed;
  private final List<Map<String, Object>> events = new ArrayList<>();
  private boolean told;

  private CapturedEvents(HistoryLog log, Runnable committed) {
    this.log = log;
    this.committed = committed;
  }

  /**
   * @param committed told after the commit of events, on its thread
   */
  public static SessionFactory factory(HistoryLog log, Runnable committed) {
    return new SessionFactory() {
      @Override
      public Class<?> getSessionType() {
        return CapturedEvents.class;
      }

      @Override
      public Session openSession() {
        return new CapturedEvents(log, committed);
      }
    };
  }

  void add(Map<String, Object> event) {
    events.add(event);
  }

  @Override
  public void flush() {
    if (events.isEmpty()) {
      return;
    }
    EngineTransaction transaction = EngineTransaction.current();
    try {
      log.add(transaction.connection(), events);
    } catch (SQLException e) {
      throw new ProcessEngineException("history events were not written: " + e.getMessage(), e);
    }
    events.clear();
    if (!told) {
      told = true;
      transaction.afterCommit(committed);
    }
  }

  @Override
  public void close() {}
}
