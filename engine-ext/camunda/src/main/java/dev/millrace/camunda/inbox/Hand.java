// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import dev.millrace.camunda.deadletter.LateLetters;
import dev.millrace.camunda.inbox.Subscribers.Address;
import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.run.RetryPolicy;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.connector.process.Definition;
import dev.millrace.connector.process.EngineCalls;
import dev.millrace.connector.process.Patience.OnExpiry;
import dev.millrace.engine.DeadLetter;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.Inbox;
import dev.millrace.store.InboxMessage;
import dev.millrace.store.InboxQuery;
import dev.millrace.store.InboxState;
import dev.millrace.store.LetterAuthor;
import dev.millrace.store.Lineage;
import dev.millrace.store.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.SignalEventReceivedBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages out of the inbox: a delivery or an expiry and the state of its message change in
 * one engine transaction, or not at all. Thread-safe.
 *
 * <p>What fails for a passing reason may be the engine's database or a system the process calls.
 * Which of them it was shows when the failure is recorded: if the engine's database takes that,
 * only the message waits, with growing pauses; if not, all do, until the next sweep.
 */
final class Hand {
  private static final Logger LOG = LoggerFactory.getLogger(Hand.class);

  /** Messages of one transaction. */
  private static final int BATCH = 50;

  private final ProcessEngine engine;
  private final EngineCommands commands;
  private final EngineCalls calls;
  private final Inbox inbox;
  private final InboxQuery inboxQuery;
  private final LateLetters deadLetters;
  private final Lineage lineage;
  private final RetryPolicy retries;

  Hand(
      ProcessEngine engine,
      EngineCommands commands,
      EngineCalls calls,
      Store store,
      LateLetters deadLetters,
      RetryPolicy retries) {
    this.engine = engine;
    this.commands = commands;
    this.calls = calls;
    this.retries = retries;
    inbox = store.inbox();
    inboxQuery = store.inboxQuery();
    this.deadLetters = deadLetters;
    lineage = store.lineage();
  }

  /**
   * Delivers messages that have a subscriber by now, in batches; singly where one of a batch fails.
   *
   * @return the receivers whose next message may follow
   */
  Set<String> deliver(List<Long> ids) throws Exception {
    Set<String> moved = new HashSet<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<Long> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
      try {
        moved.addAll(commands.execute(Write.INBOX_DELIVERY, (command, db) -> deliver(db, batch)));
      } catch (RuntimeException e) {
        LOG.debug("messages {} are delivered one by one", batch, e);
        for (long id : batch) {
          moved.addAll(deliverAlone(id));
        }
      }
    }
    return moved;
  }

  private Set<String> deliverAlone(long id) throws Exception {
    try {
      return commands.execute(Write.INBOX_DELIVERY, (command, db) -> deliver(db, List.of(id)));
    } catch (RuntimeException e) {
      commands.execute(
          Write.INBOX_FAILURE,
          (command, db) -> {
            failed(db, id, e);
            return null;
          });
      return Set.of();
    }
  }

  private static boolean mayPass(Exception failure) {
    return Failures.of(failure).category() == ErrorCategory.CONNECTOR;
  }

  private Set<String> deliver(Connection db, List<Long> ids) throws SQLException {
    Subscribers subscribers = new Subscribers(engine, calls);
    Set<String> moved = new HashSet<>();
    for (long id : ids) {
      Optional<InboxMessage> next = inbox.lockNext(db, id);
      if (next.isPresent()
          && !inbox.isExpired(db, next.get())
          && handOver(db, next.get(), subscribers)) {
        moved.add(next.get().receiver());
      }
    }
    calls.flush();
    return moved;
  }

  private boolean handOver(Connection db, InboxMessage message, Subscribers subscribers)
      throws SQLException {
    List<Execution> found = subscribers.find(address(message));
    if (found.isEmpty()) {
      return false;
    }
    if (found.size() > 1) {
      inbox.end(db, message.id(), InboxState.AMBIGUOUS, null, Desk.AMBIGUOUS);
      return true;
    }
    Execution receiver = found.get(0);
    subscribers.deliver(receiver, message.message(), message.variables());
    inbox.end(db, message.id(), InboxState.DELIVERED, receiver.getProcessInstanceId(), null);
    trace(db, message, receiver.getProcessInstanceId(), Lineage.Kind.ADVANCED);
    return true;
  }

  private void trace(
      Connection db, InboxMessage message, String processInstanceId, Lineage.Kind kind)
      throws SQLException {
    if (message.origin().pipeline().isPresent()) {
      String position = Long.toString(message.id());
      lineage.append(
          db,
          processInstanceId,
          kind,
          new Lineage.Input(message.origin().pipeline().get(), "MR_INBOX", position, position));
    }
  }

  private static Address address(InboxMessage message) {
    return new Address(
        message.message(), message.origin().tenant(), message.businessKey(), message.correlation());
  }

  /** The process failed with it: it is tried again later, or no more. */
  private void failed(Connection db, long id, Exception failure) throws SQLException {
    Optional<InboxMessage> message = inbox.lockNext(db, id);
    if (message.isPresent()) {
      postponeOrReject(db, message.get(), failure, retries.allows(message.get().attempts() + 1));
    }
  }

  private void postponeOrReject(
      Connection db, InboxMessage message, Exception failure, boolean again) throws SQLException {
    String error = String.valueOf(failure.getMessage());
    if (again || mayPass(failure)) {
      inbox.postpone(db, message, error, retries.delay(message.attempts() + 1));
    } else {
      LOG.warn("message {} '{}' is rejected: {}", message.id(), message.message(), error);
      inbox.end(db, message.id(), InboxState.REJECTED, null, error);
    }
  }

  /** Ends the waiting of messages whose time has passed. */
  void expire(List<Long> ids) throws Exception {
    for (long id : ids) {
      expire(id, false);
    }
  }

  /**
   * @param now whether its time has passed or not
   * @return whether it had been waiting
   */
  boolean expire(long id, boolean now) throws Exception {
    Optional<LateLetters.Owner> owner;
    boolean expired;
    try {
      owner = letterOwner(id);
    } catch (RuntimeException e) {
      if (now) {
        throw e;
      }
      LOG.warn("message {} expires once its script can be read again: {}", id, e.toString());
      return putOff(id, e, true);
    }
    try {
      // what it leads to was decided when it was sent, whoever lets it expire
      expired =
          commands.execute(
              Write.INBOX_EXPIRY,
              (command, db) ->
                  command.runWithoutAuthorization(
                      (Callable<Boolean>) () -> expire(db, id, owner, now)));
    } catch (RuntimeException e) {
      if (now && mayPass(e)) {
        throw e; // who asks for it may ask again
      }
      LOG.warn("what message {} leads to as it has expired failed: {}", id, e.toString());
      return putOff(id, e, false);
    }
    if (expired && owner.isPresent()) {
      deadLetters.checkLimit(owner.get());
    }
    return expired;
  }

  /**
   * @return whether it had been waiting
   */
  private boolean putOff(long id, Exception why, boolean again) throws Exception {
    return commands.execute(
        Write.INBOX_FAILURE,
        (command, db) -> {
          Optional<InboxMessage> message = waiting(db, id);
          if (message.isPresent()) {
            postponeOrReject(db, message.get(), why, again);
          }
          return message.isPresent();
        });
  }

  /** Whose dead letter a message becomes, if it does. */
  private Optional<LateLetters.Owner> letterOwner(long id) throws Exception {
    Optional<InboxMessage> message = inboxQuery.find(id);
    if (message.isEmpty() || !message.get().onExpiry().equals(OnExpiry.DEAD_LETTER.name())) {
      return Optional.empty();
    }
    Origin origin = message.get().origin();
    return Optional.of(deadLetters.owner(new LetterAuthor(origin.runId(), origin.pipeline())));
  }

  private Optional<InboxMessage> waiting(Connection db, long id) throws SQLException {
    return inbox.lock(db, id).filter(each -> each.state() == InboxState.BUFFERED);
  }

  private boolean expire(Connection db, long id, Optional<LateLetters.Owner> owner, boolean now)
      throws SQLException {
    Optional<InboxMessage> found = waiting(db, id);
    if (found.isEmpty() || !now && !inbox.isExpired(db, found.get())) {
      return false;
    }
    InboxMessage message = found.get();
    String started =
        switch (OnExpiry.valueOf(message.onExpiry())) {
          case DEAD_LETTER -> deadLetter(db, message, owner.orElseThrow());
          case START -> start(db, message, message.expiryTarget().orElseThrow());
          case SIGNAL -> signal(message);
        };
    inbox.end(db, id, InboxState.EXPIRED, started, null);
    calls.flush();
    return true;
  }

  private String deadLetter(Connection db, InboxMessage message, LateLetters.Owner owner)
      throws SQLException {
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.Side.SINK,
            message.sentTable().orElse(""),
            null,
            message.sentRow(),
            content(message).toString(),
            message.letterPosition(),
            "message '%s' found no subscriber until %s"
                .formatted(message.message(), message.expiresAt()),
            false);
    deadLetters.append(db, owner, letter, Optional.empty());
    return null;
  }

  private static Map<String, Object> content(InboxMessage message) {
    Map<String, Object> content = new LinkedHashMap<>();
    message.businessKey().ifPresent(key -> content.put("business key", key));
    content.putAll(message.correlation());
    content.putAll(message.variables());
    return content;
  }

  /** Starts a process for a message nobody took; returns the instance's id. */
  String start(Connection db, InboxMessage message, String definitionKey) throws SQLException {
    Map<String, Object> variables = new LinkedHashMap<>(message.correlation());
    variables.putAll(message.variables());
    String id =
        new Definition(engine, definitionKey, message.origin().tenant())
            .start(message.businessKey().orElse(null), variables);
    trace(db, message, id, Lineage.Kind.STARTED);
    return id;
  }

  private String signal(InboxMessage message) {
    SignalEventReceivedBuilder signal =
        engine
            .getRuntimeService()
            .createSignalEvent(message.expiryTarget().orElseThrow())
            .setVariables(content(message));
    message.origin().tenant().ifPresent(signal::tenantId);
    signal.send();
    return null;
  }
}
