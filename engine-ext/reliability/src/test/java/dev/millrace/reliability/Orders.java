// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import dev.millrace.camunda.rollback.RollbackScope;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.store.RollbackOrder;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;

/** What an operator rolls back, as {@link Workload}. */
record Orders(Node node, Steps steps) {
  /**
   * Twice: the second instance waits for the first to be done.
   *
   * @param spoiled somebody changes the rows first
   */
  void order(int number, boolean spoiled) throws Exception {
    for (int i = 0; i < 2; i++) {
      long item = item(number, i);
      begin(item);
      if (spoiled) {
        steps.once(
            "spoil" + item, db -> Steps.execute(db, "UPDATE ITEM SET QTY = 99 WHERE ID = " + item));
      }
      steps.once(
          "order" + item,
          db -> node.millrace().rollbacks().order(scope(), ConflictPolicy.FAIL, false, null));
      steps.until(() -> orders(RollbackOrder.State.QUEUED).isEmpty());
      for (RollbackOrder stopped : orders(RollbackOrder.State.CONFLICT)) {
        node.millrace().rollbacks().resumeOrder(stopped.id(), ConflictPolicy.FORCE);
      }
      steps.until(() -> orders(RollbackOrder.State.DONE).size() == orders(null).size());
      end(item);
    }
  }

  /** As {@link #order}, while the operator waits. */
  void undoNow(int number) throws Exception {
    for (int i = 0; i < 2; i++) {
      long item = item(number, i);
      begin(item);
      if (!tasks().isEmpty()) {
        node.millrace().rollbacks().rollBack(scope(), ConflictPolicy.FAIL, false);
      }
      end(item);
    }
  }

  private static long item(int number, int i) {
    return 10_000L + 2 * number + i;
  }

  /** An instance whose tasks have incremented the item, and which waits. */
  private void begin(long item) throws Exception {
    steps.once(
        "ordered" + item,
        db -> {
          Steps.execute(db, "INSERT INTO ITEM VALUES (" + item + ", 10)");
          node.engine
              .getRuntimeService()
              .startProcessInstanceByKey("ordered", "ordered" + item, Map.of("id", item));
        });
    steps.until(() -> tasks().size() == 1 || steps.isDone("end" + item));
  }

  private void end(long item) {
    steps.once(
        "end" + item,
        db -> tasks().forEach(task -> node.engine.getTaskService().complete(task.getId())));
  }

  private RollbackScope scope() {
    return RollbackScope.instance(tasks().get(0).getProcessInstanceId());
  }

  private List<Task> tasks() {
    return node.engine.getTaskService().createTaskQuery().list();
  }

  /**
   * @param state null for any
   */
  private List<RollbackOrder> orders(RollbackOrder.State state) {
    return node.millrace().rollbacks().orders(0, 1000).stream()
        .filter(order -> state == null || order.state() == state)
        .toList();
  }
}
