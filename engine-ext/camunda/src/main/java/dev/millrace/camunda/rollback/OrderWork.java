// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.run.RetryPolicy;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.work.Interruption;
import dev.millrace.camunda.work.Work;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.Claim;
import dev.millrace.store.RollbackOrder;
import dev.millrace.store.RollbackOrders;
import dev.millrace.store.UndoReport;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rollback an operator asked for. Single-threaded.
 *
 * <p>All runs are undone in one transaction, which also ends the order: a crash in the middle
 * leaves nothing, and the next node begins anew.
 */
final class OrderWork implements Work {
  private static final Logger LOG = LoggerFactory.getLogger(OrderWork.class);

  /**
   * What all orders of a node share.
   *
   * @param wakeAfter told when an order is due again
   */
  record Tools(
      EngineCommands commands,
      RollbackOrders orders,
      ScopeUndo undo,
      RetryPolicy retries,
      Consumer<Duration> wakeAfter) {}

  private final RollbackOrder order;
  private final Tools tools;

  OrderWork(RollbackOrder order, Tools tools) {
    this.order = order;
    this.tools = tools;
  }

  @Override
  public List<Claim> claims() {
    return List.of(order.claim());
  }

  @Override
  public String name() {
    return "rollback " + order.id();
  }

  @Override
  public void perform(Interruption interruption) throws InterruptedException {
    try {
      FaultPoint.ORDER_STARTED.reached();
      tools.retries().checkTakeovers(order.takeovers());
      interruption.guard(() -> tools.commands().execute(Write.ORDER, this::undo));
    } catch (InterruptedException e) {
      throw e;
    } catch (ScopeUndo.ConflictException e) {
      FaultPoint.ORDER_FAILING.reached();
      List<String> reasons =
          e.reports().stream().map(UndoReport::conflicts).flatMap(List::stream).toList();
      stop(RollbackOrder.State.CONFLICT, RollbackErrors.orderConflicts(reasons));
    } catch (Exception | Error e) {
      failed(Failures.of(e));
    }
  }

  /** Returns false if the order is no longer this node's. */
  private boolean undo(CommandContext command, Connection db) throws Exception {
    boolean held = tools.orders().lock(db, order.claim());
    if (held) {
      FaultPoint.ORDER_LOCKED.reached();
      RollbackOrder.Wanted wanted = order.wanted();
      ScopeUndo.Outcome outcome =
          tools
              .undo()
              .execute(command, db, scope(wanted), wanted.onConflict(), wanted.cancelStarted());
      tools.orders().done(db, order.claim(), outcome.done());
    }
    return held;
  }

  static RollbackScope scope(RollbackOrder.Wanted wanted) {
    if (wanted.runId().isPresent()) {
      return RollbackScope.run(wanted.runId().get());
    }
    return wanted.withCalled()
        ? RollbackScope.withCalled(wanted.processInstanceId())
        : RollbackScope.instance(wanted.processInstanceId());
  }

  private void failed(MillraceException failure) throws InterruptedException {
    LOG.warn("{} failed: {}", name(), failure.report(), failure);
    FaultPoint.ORDER_FAILING.reached();
    boolean passing =
        failure.category() == ErrorCategory.CONNECTOR
            || failure.category() == ErrorCategory.RESOURCE;
    int failedAttempts = order.attempts() + 1;
    if (!passing || !tools.retries().allows(failedAttempts)) {
      stop(RollbackOrder.State.FAILED, failure);
      return;
    }
    Duration delay = tools.retries().delay(failedAttempts);
    try {
      tools.orders().retry(order.claim(), failure.report(), delay);
    } catch (Exception e) {
      throw notRecorded(e);
    }
    tools.wakeAfter().accept(delay);
  }

  private void stop(RollbackOrder.State state, MillraceException reason)
      throws InterruptedException {
    try {
      tools
          .commands()
          .execute(
              Write.ORDER_FAILURE,
              (command, db) -> tools.orders().stop(db, order.claim(), state, reason.report()));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw notRecorded(e);
    }
  }

  private IllegalStateException notRecorded(Exception cause) {
    return new IllegalStateException("the failure of " + name() + " was not recorded", cause);
  }
}
