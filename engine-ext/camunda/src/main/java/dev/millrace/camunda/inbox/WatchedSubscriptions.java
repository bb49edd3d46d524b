// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionManager;

/** Tells of message subscriptions of instances once they are committed. One per command. */
public final class WatchedSubscriptions extends EventSubscriptionManager {
  private final Consumer<Set<String>> committed;
  private final Set<String> created = new HashSet<>();

  private WatchedSubscriptions(Consumer<Set<String>> committed) {
    this.committed = committed;
  }

  /**
   * Takes the place of the engine's own.
   *
   * @param committed told the ids of subscriptions after the commit, on its thread; must neither
   *     call the engine nor take long
   */
  public static SessionFactory factory(Consumer<Set<String>> committed) {
    return new SessionFactory() {
      @Override
      public Class<?> getSessionType() {
        return EventSubscriptionManager.class;
      }

      @Override
      public Session openSession() {
        return new WatchedSubscriptions(committed);
      }
    };
  }

  @Override
  public void insert(EventSubscriptionEntity subscription) {
    super.insert(subscription);
    if (EventType.MESSAGE.name().equals(subscription.getEventType())
        && subscription.getExecutionId() != null) {
      if (created.isEmpty()) {
        Context.getCommandContext()
            .getTransactionContext()
            .addTransactionListener(
                TransactionState.COMMITTED, each -> committed.accept(Set.copyOf(created)));
      }
      created.add(subscription.getId());
    }
  }
}
