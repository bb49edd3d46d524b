// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.camunda.error.CamundaErrors;
import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.run.RetryPolicy;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.work.Interruption;
import dev.millrace.camunda.work.Work;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.FaultPoint;
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
      interruption.guard(() -> tools.commands().execute(this::undo));
      FaultPoint.ORDER_COMMITTED.reached();
    } catch (InterruptedException e) {
      throw e;
    } catch (ScopeUndo.ConflictException e) {
      List<String> reasons =
          e.reports().stream().map(UndoReport::conflicts).flatMap(List::stream).toList();
      stop(RollbackOrder.State.CONFLICT, CamundaErrors.orderConflicts(reasons));
    } catch (Exception | Error e) {
      failed(Failures.of(e));
    }
  }

  private Void undo(CommandContext command, Connection db) throws Exception {
    if (tools.orders().lock(db, order.claim())) {
      FaultPoint.ORDER_LOCKED.reached();
      RollbackOrder.Wanted wanted = order.wanted();
      ScopeUndo.Outcome outcome =
          tools
              .undo()
              .execute(command, db, scope(wanted), wanted.onConflict(), wanted.cancelStarted());
      tools.orders().done(db, order.claim(), outcome.done());
      FaultPoint.ORDER_DONE.reached();
    }
    return null;
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
    FaultPoint.ROLLBACK_FAILING.reached();
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
    FaultPoint.ROLLBACK_FAILED.reached();
  }

  private void stop(RollbackOrder.State state, MillraceException reason)
      throws InterruptedException {
    try {
      tools
          .commands()
          .execute((command, db) -> tools.orders().stop(db, order.claim(), state, reason.report()));
      FaultPoint.ROLLBACK_FAILED.reached();
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
