// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.actuator;

import dev.millrace.camunda.Millrace;
import dev.millrace.store.InboxState;
import dev.millrace.store.PipelineState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What waits, over all nodes of the database. An alert belongs on what waits for an operator:
 * {@code millrace.pipeline.incidents}, {@code millrace.dead.letters}, {@code
 * millrace.rollbacks.stopped}; and on what grows without end while nobody takes it: {@code
 * millrace.inbox.waiting}, {@code millrace.outbox.waiting}, {@code millrace.history.waiting}.
 */
public final class OperationsMeters implements MeterBinder {
  private final Millrace millrace;

  public OperationsMeters(Millrace millrace) {
    this.millrace = millrace;
  }

  @FunctionalInterface
  private interface Count {
    long read() throws SQLException;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(
        registry,
        "millrace.pipeline.incidents",
        "Pipelines that have failed for good",
        () ->
            millrace.pipelines().list().stream()
                .filter(pipeline -> pipeline.state() == PipelineState.INCIDENT)
                .count());
    gauge(
        registry,
        "millrace.dead.letters",
        "Dead letters nobody has looked after",
        () -> millrace.store().deadLetters().countOpen());
    gauge(
        registry,
        "millrace.rollbacks.stopped",
        "Ordered rollbacks that met conflicts or failed",
        () -> millrace.store().rollbackOrders().countStopped());
    gauge(
        registry,
        "millrace.inbox.waiting",
        "Messages that wait for a process or an operator",
        () -> waiting(millrace.store().inboxQuery().counts()));
    gauge(
        registry,
        "millrace.outbox.waiting",
        "Records that wait to be sent to foreign systems",
        () -> millrace.store().outboxes().count());
    gauge(
        registry,
        "millrace.history.waiting",
        "History events that wait for a pipeline that reads them",
        () -> millrace.store().historyLog().count());
  }

  private static long waiting(Map<InboxState, Long> counts) {
    return Stream.of(InboxState.BUFFERED, InboxState.AMBIGUOUS, InboxState.REJECTED)
        .mapToLong(state -> counts.getOrDefault(state, 0L))
        .sum();
  }

  /** A database that does not answer has no figure. */
  private static void gauge(MeterRegistry registry, String name, String description, Count count) {
    Gauge.builder(
            name,
            () -> {
              try {
                return count.read();
              } catch (SQLException e) {
                return Double.NaN;
              }
            })
        .description(description)
        .register(registry);
  }
}
