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

import dev.millrace.camunda.rollback.RollbackScope;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.store.InboxState;
import dev.millrace.store.RollbackOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
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
    "CREATE TABLE ENTRY (PIECE BIGINT, N BIGINT)"
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

  /** What a piece consists of. */
  enum Piece {
    /** Two runs that stay. */
    KEEP,
    /** Two runs that are compensated. */
    UNDO,
    /** Two runs that fail, one of which the process catches and one of which is cancelled. */
    FAIL,
    /** Compensations that fail at first. */
    UNDO_FAILS,
    /** Two pipelines that end. */
    FLOW,
    /** A pipeline that outlives a third of its lease. */
    SLOW_FLOW,
    /** Two pipelines that fail. */
    FLOW_FAILS,
    /** An operator rolls an instance back. */
    ORDER,
    /** Messages that come before those who wait for them. */
    EARLY_MESSAGE,
    /** Messages for which nobody comes. */
    LOST_MESSAGE,
    /** Records for a topic. */
    SEND,
    /** Instances are forgotten. */
    FORGET;

    /** A piece that reaches the point. A new point is given one here. */
    static Piece reaching(FaultPoint point) {
      return switch (point) {
        case LEASE_TAKEN, LEASE_CLAIMED, LEASE_RELEASING, LEASE_RELEASED -> KEEP;
        case LEASE_RENEWING, LEASE_RENEWED -> SLOW_FLOW;
        case RUN_QUEUED,
            RUN_STARTED,
            RUN_COMMITTING,
            RUN_LOCKED,
            RUN_EFFECTS_WRITTEN,
            RUN_JOURNALED,
            RUN_COMPLETED,
            RUN_COMMITTED ->
            KEEP;
        case RUN_FAILING, RUN_FAILED, RUN_CANCELLED -> FAIL;
        case PIPELINE_DEPLOYED,
            PIPELINE_STARTED,
            PIPELINE_COMMITTING,
            PIPELINE_LOCKED,
            PIPELINE_EFFECTS_WRITTEN,
            PIPELINE_ADVANCED,
            PIPELINE_COMMITTED,
            PIPELINE_ENDING ->
            FLOW;
        case PIPELINE_FAILING, PIPELINE_FAILED -> FLOW_FAILS;
        case ROLLBACK_PARKED,
            ROLLBACK_RUN_CLAIMED,
            ROLLBACK_STARTED,
            ROLLBACK_LOCKED,
            UNDO_STEP,
            UNDO_STEP_MARKED,
            UNDO_RUN_UNDONE,
            ROLLBACK_DONE,
            ROLLBACK_COMMITTED ->
            UNDO;
        case ROLLBACK_FAILING, ROLLBACK_FAILED -> UNDO_FAILS;
        case ORDER_STARTED, ORDER_LOCKED, ORDER_DONE, ORDER_COMMITTED -> ORDER;
        case INBOX_BUFFERED, INBOX_DELIVERED, INBOX_DELIVERY_COMMITTED -> EARLY_MESSAGE;
        case INBOX_EXPIRED -> LOST_MESSAGE;
        case OUTBOX_WRITTEN, OUTBOX_STARTED, OUTBOX_RECOVERED, OUTBOX_SENT, OUTBOX_FORGOTTEN ->
            SEND;
        case RUNS_FORGOTTEN -> FORGET;
      };
    }
  }

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
          deployment.deploy();
        });
  }

  private static void add(DeploymentBuilder deployment, String process, String content) {
    deployment.addString(process + ".bpmn", process(process, content));
  }

  void perform(Piece piece, int number) throws Exception {
    switch (piece) {
      case KEEP -> increment("keep", number);
      case UNDO -> increment("undo", number);
      case FAIL -> fail(number);
      case UNDO_FAILS -> undoOfWhatIsGone(number);
      case FLOW -> flow(number, 400);
      case SLOW_FLOW -> flow(number, 25);
      case FLOW_FAILS -> brokenFlow(number);
      case ORDER -> order(number);
      case SEND -> {
        send(number, 1);
        send(number, 2);
      }
      case EARLY_MESSAGE -> {
        messages(number, "1 h");
        for (int i = 1; i <= 2; i++) {
          String key = "m" + number + "-" + i;
          steps.once(
              key,
              db -> node.engine.getRuntimeService().startProcessInstanceByKey("receiver", key));
          steps.until(this::isIdle);
        }
      }
      case LOST_MESSAGE -> {
        messages(number, "1 ms");
        steps.until(() -> node.millrace().inbox().counts().get(InboxState.BUFFERED) == null);
      }
      case FORGET -> {
        increment("keep", number);
        steps.once("forget " + number, this::forget);
      }
    }
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

  private void begin(String process, int number) {
    node.engine
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
    List<String> instances = new ArrayList<>();
    node.engine
        .getRuntimeService()
        .createProcessInstanceQuery()
        .list()
        .forEach(instance -> instances.add(instance.getId()));
    instances.forEach(each -> node.millrace().rollbacks().resume(each, ConflictPolicy.FAIL));
    steps.until(this::isIdle);
  }

  private List<Task> tasks() {
    return node.engine.getTaskService().createTaskQuery().list();
  }

  /** Twice: the second instance waits for the first to be done. */
  private void order(int number) throws Exception {
    for (int i = 0; i < 2; i++) {
      int item = 2 * number + i;
      String key = "ordered" + item;
      steps.once(
          key,
          db -> {
            Steps.execute(db, "INSERT INTO ITEM VALUES (" + (10_000 + item) + ", 10)");
            node.engine
                .getRuntimeService()
                .startProcessInstanceByKey("ordered", key, Map.of("id", 10_000L + item));
          });
      steps.until(() -> tasks().size() == 1 || steps.isDone("end" + key));
      steps.once(
          "order" + key,
          db ->
              node.millrace()
                  .rollbacks()
                  .order(
                      RollbackScope.instance(tasks().get(0).getProcessInstanceId()),
                      ConflictPolicy.FAIL,
                      false,
                      null));
      steps.until(
          () ->
              node.millrace().rollbacks().orders(0, 1000).stream()
                  .allMatch(order -> order.state() == RollbackOrder.State.DONE));
      steps.once(
          "end" + key,
          db -> tasks().forEach(task -> node.engine.getTaskService().complete(task.getId())));
    }
  }

  /** Two messages, one by one, for instances that are not there. */
  private void messages(int number, String ttl) throws Exception {
    String script =
        """
        SET 'pipeline.name' = 'p%1$d-m';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.commit.rows' = '1';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '100', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '2');
        CREATE TABLE pings (id STRING, n BIGINT) WITH (
          'connector' = 'process-message', 'message-name' = 'ping', 'business-key-column' = 'id',
          'ttl' = '%2$s');
        INSERT INTO pings SELECT 'm%1$d-' || CAST(n AS STRING), n FROM numbers;
        """
            .formatted(number, ttl);
    steps.once(
        "messages" + number,
        db ->
            node.engine
                .getRepositoryService()
                .createDeployment()
                .addString("messages" + number + ".sql", script)
                .deploy());
    untilPipelines(number, "STOPPED");
  }

  private void send(int number, int half) throws Exception {
    String script =
        """
        SET 'pipeline.name' = 'p%1$d-o%2$d';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.commit.rows' = '4';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '400', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '%3$d');
        CREATE TABLE sent (v STRING) WITH (
          'connector' = 'kafka', 'connection' = 'local', 'topic' = 'sent', 'format' = 'raw');
        INSERT INTO sent SELECT '%1$d-%2$d-' || CAST(n AS STRING) FROM numbers;
        """
            .formatted(number, half, ROWS);
    String name = "send" + number + "-" + half;
    steps.once(
        name,
        db ->
            node.engine
                .getRepositoryService()
                .createDeployment()
                .addString(name + ".sql", script)
                .deploy());
    untilPipelines(number, "STOPPED");
    steps.until(() -> steps.number("SELECT COUNT(*) FROM MR_OUTBOX") == 0);
  }

  private void flow(int number, int rowsPerSecond) throws Exception {
    for (int i = 0; i < 2; i++) {
      deployPipeline(number, 2 * number + i, rowsPerSecond, "n");
    }
    untilPipelines(number, "STOPPED");
  }

  /** One after the other, so that the second fails though its node died with the first. */
  private void brokenFlow(int number) throws Exception {
    for (int i = 0; i < 2; i++) {
      deployPipeline(number, 2 * number + i, 400, "CAST('x' || CAST(n AS STRING) AS BIGINT)");
      untilPipelines(number, "INCIDENT");
    }
  }

  private void deployPipeline(int number, int ledger, int rowsPerSecond, String value) {
    String script =
        """
        SET 'pipeline.name' = 'p%1$d-%2$d';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.commit.rows' = '4';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '%3$d', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '%4$d');
        CREATE TABLE entry (piece BIGINT, n BIGINT) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'entry');
        INSERT INTO entry SELECT %2$d, %5$s FROM numbers;
        """
            .formatted(number, ledger, rowsPerSecond, ROWS, value);
    steps.once(
        "flow" + ledger,
        db ->
            node.engine
                .getRepositoryService()
                .createDeployment()
                .addString("flow" + ledger + ".sql", script)
                .deploy());
  }

  private void untilPipelines(int number, String state) throws Exception {
    steps.until(
        () ->
            node.millrace().pipelines().list().stream()
                .filter(pipeline -> pipeline.name().startsWith("p" + number + "-"))
                .allMatch(pipeline -> pipeline.state().name().equals(state)));
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
