// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static dev.millrace.reliability.Model.caught;
import static dev.millrace.reliability.Model.compensate;
import static dev.millrace.reliability.Model.end;
import static dev.millrace.reliability.Model.handler;
import static dev.millrace.reliability.Model.line;
import static dev.millrace.reliability.Model.process;
import static dev.millrace.reliability.Model.receive;
import static dev.millrace.reliability.Model.start;
import static dev.millrace.reliability.Model.task;
import static dev.millrace.reliability.Model.user;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.store.HookBodies;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

/**
 * Small pieces of work which together reach every fault point, each at least twice. A piece has a
 * number; done again after a crash it goes on where it was, since each of its steps is recorded in
 * the transaction that does it.
 */
final class Workload {
  static final int ROWS = 24;

  static final String[] TABLES = {
    "CREATE TABLE STEP_DONE (STEP VARCHAR(100) PRIMARY KEY)",
    "CREATE TABLE ITEM (ID BIGINT PRIMARY KEY, QTY BIGINT)",
    "CREATE TABLE GONE (ID BIGINT PRIMARY KEY, QTY BIGINT)",
    "CREATE TABLE ENTRY (PIECE BIGINT, N BIGINT)",
    "CREATE TABLE TOTAL (PIECE BIGINT PRIMARY KEY, N BIGINT, S BIGINT)"
  };

  private static final String INPUT =
      """
      CREATE TABLE input (id BIGINT, word STRING) WITH ('connector' = 'process-variables');
      """;
  private static final String INCREMENT =
      INPUT
          + table("item")
          + "INSERT INTO item SELECT i.id, t.qty + 1 FROM input AS i JOIN item AS t ON t.id = i.id;";
  private static final String FAIL =
      INPUT + table("item") + "INSERT INTO item SELECT id, CAST(word AS BIGINT) FROM input;";
  private static final String GO =
      INPUT + table("gone") + "INSERT INTO gone SELECT id, 1 FROM input;";

  private final Node node;
  private final Steps steps;

  /**
   * @param dead asked while waiting; true if the node has died
   */
  Workload(Node node, BooleanSupplier dead) {
    this.node = node;
    steps = new Steps(node, dead);
  }

  private static String table(String name) {
    return """
        CREATE TABLE %1$s (id BIGINT, qty BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = '%1$s');
        """
        .formatted(name);
  }

  private static String withHandler(String id, String script) {
    return task(id, script) + handler(id);
  }

  /** The processes, once for all pieces. */
  void deploy() {
    steps.once(
        "deploy",
        db -> {
          DeploymentBuilder deployment =
              node.engine
                  .getRepositoryService()
                  .createDeployment()
                  .addString("increment.sql", INCREMENT)
                  .addString("fail.sql", FAIL)
                  .addString("go.sql", GO);
          String twoTasks = withHandler("A", "increment.sql") + withHandler("B", "increment.sql");
          add(deployment, "keep", start("s") + twoTasks + end("e") + line("s", "A", "B", "e"));
          add(
              deployment,
              "undo",
              start("s") + twoTasks + compensate("C") + end("e") + line("s", "A", "B", "C", "e"));
          add(
              deployment,
              "caught",
              start("s")
                  + task("A", "fail.sql")
                  + end("e")
                  + end("f")
                  + line("s", "A", "e")
                  + caught("A", "f"));
          add(
              deployment,
              "stuck",
              start("s") + task("A", "fail.sql") + end("e") + line("s", "A", "e"));
          add(
              deployment,
              "gone",
              start("s")
                  + withHandler("A", "go.sql")
                  + user("W")
                  + compensate("C")
                  + end("e")
                  + line("s", "A", "W", "C", "e"));
          add(
              deployment,
              "ordered",
              start("s") + twoTasks + user("W") + end("e") + line("s", "A", "B", "W", "e"));
          add(
              deployment,
              "receiver",
              start("s") + receive("R", "ping") + end("e") + line("s", "R", "e"));
          add(deployment, "trivial", start("s") + end("e") + line("s", "e"));
          deployment.deploy();
        });
  }

  private static void add(DeploymentBuilder deployment, String process, String content) {
    deployment.addString(process + ".bpmn", process(process, content));
  }

  void perform(Piece piece, int number) throws Exception {
    perform(piece, number, true);
  }

  /**
   * @param last whether the piece must be complete: else its node may stop while it is at work
   */
  void perform(Piece piece, int number, boolean last) throws Exception {
    Flows flows = new Flows(node, steps);
    Orders orders = new Orders(node, steps);
    Messages messages = new Messages(node, steps, flows);
    Sending sending = new Sending(node, steps, flows);
    switch (piece) {
      case KEEP -> increment("keep", number);
      case SUSPEND -> suspend(number);
      case UNDO -> increment("undo", number);
      case FAIL -> fail(number);
      case UNDO_FAILS -> undoOfWhatIsGone(number);
      case FLOW -> flows.flow(number, 400);
      case SLOW_FLOW -> flows.flow(number, 40);
      case FLOW_FAILS -> flows.broken(number);
      case LEAVE -> flows.leave(number, last);
      case STEER -> flows.steer(number);
      case REMEMBER -> flows.remember(number);
      case REPLAY -> flows.replay(number);
      case RECOUNT -> flows.recount(number);
      case ORDER -> orders.order(number, false);
      case ORDER_FAILS -> orders.order(number, true);
      case UNDO_NOW -> orders.undoNow(number);
      case EARLY_MESSAGE -> messages.early(number);
      case LOST_MESSAGE -> messages.lost(number);
      case SWEEP -> messages.sweep(number);
      case REJECTED_MESSAGE -> messages.rejected(number);
      case SEND -> sending.send(number, half -> "local");
      case SEND_ANEW -> sending.send(number, half -> fresh(number, half));
      case SEND_TOO_MUCH -> sending.tooMuch(number);
      case SEND_NOWHERE -> sending.nowhere(number);
      case HOOK -> hook(number);
      case HISTORY -> history(number);
      case FORGET -> {
        increment("keep", number);
        steps.once("forget " + number, this::forget);
      }
    }
  }

  /** The name of a broker to which only this piece sends. */
  static String fresh(int number, int half) {
    return "fresh%dx%d".formatted(number, half);
  }

  private void increment(String process, int number) throws Exception {
    steps.once(
        process + number,
        db -> {
          Steps.execute(db, "INSERT INTO ITEM VALUES (" + number + ", 10)");
          begin(process, number);
        });
    steps.until(() -> node.engine.getRuntimeService().createProcessInstanceQuery().count() == 0);
  }

  private ProcessInstance begin(String process, int number) {
    return node.engine
        .getRuntimeService()
        .startProcessInstanceByKey(process, Map.of("id", (long) number, "word", "x"));
  }

  private void fail(int number) throws Exception {
    steps.once("caught" + number, db -> begin("caught", number));
    steps.once("stuck" + number, db -> begin("stuck", number));
    steps.until(
        () -> node.engine.getRuntimeService().createIncidentQuery().count() == 1 || isIdle());
    steps.once(
        "cancel" + number,
        db ->
            node.engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey("stuck")
                .list()
                .forEach(
                    stuck ->
                        node.engine
                            .getRuntimeService()
                            .deleteProcessInstance(stuck.getId(), "enough")));
    steps.until(this::isIdle);
  }

  private boolean isIdle() {
    return node.engine.getRuntimeService().createProcessInstanceQuery().count() == 0;
  }

  /** Its table is away when the first handler comes, and back when an operator retries. */
  private void undoOfWhatIsGone(int number) throws Exception {
    int first = 2 * number;
    steps.once(
        "gone" + number,
        db -> {
          begin("gone", first);
          begin("gone", first + 1);
        });
    steps.until(() -> tasks().size() == 2 || steps.isDone("away" + number));
    steps.once(
        "away" + number,
        db -> {
          Steps.execute(db, "ALTER TABLE GONE RENAME TO AWAY");
          tasks().forEach(task -> node.engine.getTaskService().complete(task.getId()));
        });
    steps.until(
        () ->
            node.engine.getRuntimeService().createIncidentQuery().count() == 2
                || steps.isDone("back" + number));
    steps.once("back" + number, db -> Steps.execute(db, "ALTER TABLE AWAY RENAME TO GONE"));
    instances().forEach(each -> node.millrace().rollbacks().resume(each, ConflictPolicy.FAIL));
    steps.until(this::isIdle);
  }

  private List<String> instances() {
    return node.engine.getRuntimeService().createProcessInstanceQuery().list().stream()
        .map(Execution::getId)
        .toList();
  }

  private List<Task> tasks() {
    return node.engine.getTaskService().createTaskQuery().list();
  }

  /** It wakes up when two nodes have found it asleep. */
  private void suspend(int number) throws Exception {
    steps.once(
        "keep" + number,
        db -> {
          Steps.execute(db, "INSERT INTO ITEM VALUES (" + number + ", 10)");
          node.engine.getRuntimeService().suspendProcessInstanceById(begin("keep", number).getId());
        });
    steps.until(
        () ->
            isIdle()
                || steps.number("SELECT COUNT(*) FROM MR_RUN WHERE STATE = 'QUEUED' AND EPOCH >= 3")
                    > 0);
    instances().forEach(node.engine.getRuntimeService()::activateProcessInstanceById);
    steps.until(this::isIdle);
  }

  /** Two hooks, and a body for each. */
  private void hook(int number) throws SQLException {
    for (int i = 1; i <= 2; i++) {
      String hook = "h" + number + "x" + i;
      byte[] body = hook.getBytes(StandardCharsets.UTF_8);
      node.millrace().store().hookBodies().open(hook);
      node.millrace()
          .store()
          .hookBodies()
          .receive(hook, new HookBodies.Posted("key", hook, "text/plain", body), ROWS);
    }
  }

  private void history(int number) throws SQLException {
    for (int i = 1; i <= 2; i++) {
      String event = "event" + number + "-" + i;
      steps.once(
          event,
          db -> node.millrace().store().historyLog().add(db, List.of(Map.of("name", event))));
      node.millrace().store().historyLog().move();
    }
  }

  private void forget(Connection db) throws SQLException {
    List<String> ended = new ArrayList<>();
    try (PreparedStatement select =
            db.prepareStatement("SELECT DISTINCT PROC_INST_ID FROM MR_RUN ORDER BY 1");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ended.add(rows.getString(1));
      }
    }
    for (String instance : ended) {
      node.millrace().store().retention().forget(db, instance);
    }
  }
}
