// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import dev.millrace.camunda.deadletter.LateLetters;
import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.run.RetryPolicy;
import dev.millrace.camunda.transaction.BatchedCalls;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.connector.process.MessageDesk;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.InboxMessage;
import dev.millrace.store.InboxQuery;
import dev.millrace.store.InboxState;
import dev.millrace.store.Store;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * The inbox of an engine: what an operator or another program may ask. Thread-safe; each change is
 * a transaction of its own, so it must not be asked for from inside an engine command.
 *
 * <p>Nothing here asks who may do it: callers do.
 */
public final class InboxService {
  private final EngineCommands commands;
  private final Store store;
  private final InboxSettings settings;
  private final LateLetters letters;
  private final RetryPolicy retries;
  private final String prefix;
  private volatile Courier courier;
  private volatile Hand hand;

  public InboxService(
      EngineCommands commands,
      Store store,
      LateLetters letters,
      InboxSettings settings,
      RetryPolicy retries,
      ProcessEngineConfigurationImpl configuration) {
    this.commands = commands;
    this.store = store;
    this.letters = letters;
    this.settings = settings;
    this.retries = retries;
    prefix = configuration.getDatabaseTablePrefix();
  }

  /** Begins to deliver; returns where messages are handed in. */
  public MessageDesk start(ProcessEngine engine) {
    BatchedCalls calls = new BatchedCalls(commands);
    hand = new Hand(engine, commands, calls, store, letters, retries);
    WaitingMessages waiting = new WaitingMessages(commands, store.inbox(), prefix);
    courier = new Courier(waiting, hand, store.inbox(), settings);
    courier.start();
    return new Desk(
        engine, calls, store.inbox(), settings.limit(), retries.delay(1), courier::changed);
  }

  /** Told of committed subscriptions, at any time. */
  public void subscribed(Set<String> ids) {
    Courier started = courier;
    if (started != null) {
      started.subscribed(ids);
    }
  }

  public List<InboxMessage> list(InboxQuery.Filter filter) {
    return asked(() -> store.inboxQuery().list(filter));
  }

  public Optional<InboxMessage> find(long id) {
    return asked(() -> store.inboxQuery().find(id));
  }

  /** How many messages there are in each state; states without any are left out. */
  public Map<InboxState, Long> counts() {
    return asked(store.inboxQuery()::counts);
  }

  /** As {@link InboxQuery#countBySender}. */
  public Map<InboxQuery.Sender, Long> countBySender(InboxQuery.Filter filter, boolean byInstance) {
    return asked(() -> store.inboxQuery().countBySender(filter, byInstance));
  }

  /**
   * Lets messages that expired, were ambiguous or rejected wait again, for as long as at first.
   *
   * @return how many do
   */
  public int retry(Collection<Long> ids) {
    int retried =
        asked(
            () ->
                commands.execute(
                    Write.INBOX_STEERING, (command, db) -> store.inbox().retry(db, ids)));
    for (long id : ids) {
      find(id).ifPresent(message -> courier.changed(Set.of(message.receiver())));
    }
    return retried;
  }

  /**
   * Ends the waiting of a message as if its time had passed.
   *
   * @return false if it was not waiting
   */
  public boolean expire(long id) {
    return asked(() -> hand.expire(id, true));
  }

  /**
   * Starts a process for a message that no instance has, with its business key and variables.
   *
   * @return the instance's id
   * @throws dev.millrace.spi.error.MillraceException category DATA, if there is no such message or
   *     an instance has it
   */
  public String startProcess(long id, String definitionKey) {
    return asked(
        () ->
            commands.execute(
                Write.INBOX_STEERING,
                (command, db) -> {
                  InboxMessage message =
                      store.inbox().lock(db, id).orElseThrow(() -> InboxErrors.unknownMessage(id));
                  if (message.processInstanceId().isPresent()) {
                    throw InboxErrors.messageTaken(id, message.processInstanceId().get());
                  }
                  String started = hand.start(db, message, definitionKey);
                  store.inbox().end(db, id, InboxState.DELIVERED, started, null);
                  return started;
                }));
  }

  /** A question to the database. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws Exception;
  }

  private static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.of(e);
    } catch (Exception e) {
      throw Failures.of(e);
    }
  }

  /** Delivers no more, without waiting for what is under way. */
  public void stop() {
    Courier started = courier;
    if (started != null) {
      started.stop();
    }
  }

  /**
   * Lets what is under way end.
   *
   * @param deadlineNanos as {@link System#nanoTime}
   */
  public void close(long deadlineNanos) {
    Courier started = courier;
    if (started != null) {
      started.close(deadlineNanos);
    }
  }
}
