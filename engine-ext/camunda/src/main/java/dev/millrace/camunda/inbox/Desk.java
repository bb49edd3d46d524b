// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import dev.millrace.camunda.inbox.Subscribers.Address;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.connector.process.EngineCalls;
import dev.millrace.connector.process.Message;
import dev.millrace.connector.process.MessageDesk;
import dev.millrace.spi.connector.Origin;
import dev.millrace.store.Inbox;
import dev.millrace.store.InboxState;
import dev.millrace.store.NewInboxMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.runtime.Execution;

/**
 * Hands messages to the instances that wait for them, in rounds: the first of each receiver, then
 * the second of each … Between two rounds the engine writes what was done, so that the next message
 * of a receiver finds where its instance has got to. Thread-safe.
 *
 * @param retryDelay before a message with which a process failed is tried again
 * @param kept told after the commit of the receivers for which messages were kept
 */
public record Desk(
    ProcessEngine engine,
    EngineCalls calls,
    Inbox inbox,
    long limit,
    Duration retryDelay,
    Consumer<Set<String>> kept)
    implements MessageDesk {
  static final String AMBIGUOUS = "more than one instance waits for it";

  @Override
  public List<Outcome> send(Origin origin, List<Submission> messages) {
    Connection connection = calls.connection();
    try {
      return new Delivery(origin, messages, connection).run();
    } catch (SQLException e) {
      throw new ProcessEngineException("the inbox could not be used: " + e.getMessage(), e);
    }
  }

  /** The messages of one commit. */
  private final class Delivery {
    private final Origin origin;
    private final List<Submission> messages;
    private final Connection connection;
    private final Subscribers subscribers = new Subscribers(engine, calls);
    private final Outcome[] outcomes;
    private final Map<String, Deque<Integer>> byReceiver = new LinkedHashMap<>();
    private final Map<Integer, Inbox.Entry> entries = new TreeMap<>();
    private final Set<String> occupied = new HashSet<>();

    Delivery(Origin origin, List<Submission> messages, Connection connection) {
      this.origin = origin;
      this.messages = messages;
      this.connection = connection;
      outcomes = new Outcome[messages.size()];
    }

    List<Outcome> run() throws SQLException {
      for (int i = 0; i < messages.size(); i++) {
        byReceiver
            .computeIfAbsent(
                stored(messages.get(i).message()).receiver(), key -> new ArrayDeque<>())
            .add(i);
      }
      occupied.addAll(inbox.occupied(connection, byReceiver.keySet()));
      for (boolean more = round(); more; more = round()) {
        subscribers.settle();
      }
      keep();
      return Arrays.asList(outcomes);
    }

    /** The next message of each receiver; whether there are more. */
    private boolean round() {
      boolean more = false;
      for (Map.Entry<String, Deque<Integer>> each : byReceiver.entrySet()) {
        Integer next = each.getValue().poll();
        if (next != null) {
          outcomes[next] = handOn(next, each.getKey());
          more |= !each.getValue().isEmpty();
        }
      }
      return more;
    }

    private Outcome handOn(int index, String receiver) {
      Submission submission = messages.get(index);
      Message message = submission.message();
      boolean waits = message.patience().waits();
      if (submission.failure().isPresent()) {
        return keep(index, receiver, InboxState.BUFFERED, submission.failure());
      }
      if (waits && occupied.contains(receiver)) {
        return keep(index, receiver, InboxState.BUFFERED, Optional.empty());
      }
      Address address =
          new Address(
              message.name(), origin.tenant(), message.businessKey(), message.correlation());
      try {
        List<Execution> found = subscribers.find(address);
        if (found.size() == 1) {
          subscribers.deliver(found.get(0), message.name(), message.variables());
          return new Outcome.Delivered(found.get(0).getProcessInstanceId());
        }
        if (found.isEmpty() && message.patience().mayStart() && subscribers.canStart(address)) {
          return new Outcome.Started(subscribers.start(address, message.variables()));
        }
        if (waits) {
          InboxState state = found.isEmpty() ? InboxState.BUFFERED : InboxState.AMBIGUOUS;
          return keep(index, receiver, state, Optional.empty());
        }
        return found.isEmpty() ? new Outcome.Unexpected() : new Outcome.Ambiguous(found.size());
      } catch (RuntimeException e) {
        throw new Undeliverable(index, e);
      }
    }

    private Outcome keep(
        int index, String receiver, InboxState state, Optional<RuntimeException> failure) {
      if (state == InboxState.BUFFERED) {
        occupied.add(receiver);
      }
      Optional<String> error = failure.map(Throwable::getMessage);
      Inbox.Entry entry =
          new Inbox.Entry(
              stored(messages.get(index).message()),
              state,
              state == InboxState.AMBIGUOUS ? Optional.of(AMBIGUOUS) : error,
              error.isPresent() ? retryDelay : Duration.ZERO);
      entries.put(index, entry);
      return new Outcome.Kept();
    }

    private NewInboxMessage stored(Message message) {
      return new NewInboxMessage(
          message.name(),
          message.businessKey(),
          message.correlation(),
          message.variables(),
          message.patience().ttl(),
          message.patience().onExpiry().name(),
          message.patience().target(),
          message.sent().map(Message.Sent::table),
          message.sent().map(Message.Sent::values).orElse(Map.of()),
          origin);
    }

    private void keep() throws SQLException {
      if (entries.isEmpty()) {
        return;
      }
      if (inbox.open(connection, limit) + entries.size() > limit) {
        throw InboxErrors.inboxFull(limit);
      }
      List<Inbox.Entry> inOrder = new ArrayList<>(entries.values());
      inbox.add(connection, inOrder);
      Set<String> receivers =
          inOrder.stream().map(entry -> entry.message().receiver()).collect(Collectors.toSet());
      EngineTransaction.current().afterCommit(() -> kept.accept(receivers));
    }
  }
}
