// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.reliability.RandomHistory.Tables;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.FaultPoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/**
 * Random processes, their instances interleaved, some undone as a whole and some in part, under
 * foreign writers and nodes that die or fail in the middle: the tables are those of a world in
 * which what was undone never ran, but for the rows reported as conflicts.
 *
 * <p>A round that fails names its seed; {@code -Dmillrace.seed=…} replays it alone.
 */
class RandomHistoriesTest {
  private static final int HISTORIES_PER_ROUND = 10;
  private static final int ROUNDS = Scale.of(10, 100);
  private static final int INSTANCES_PER_HISTORY = 2;
  private static final long FOREIGN = 99_999;
  private static final int MOST_HITS = 20;
  private static final int MOST_FAULTS = 4;

  private static final List<FaultPoint> FAULTS =
      List.of(FaultPoint.values()).stream()
          .filter(point -> point.name().matches("RUN_[^FQ].*|ROLLBACK_[^FP].*|UNDO_.*"))
          .filter(point -> point != FaultPoint.RUN_CANCELLED && point != FaultPoint.RUNS_FORGOTTEN)
          // these are met by whoever resumes, which is this test
          .filter(point -> !point.name().startsWith("ROLLBACK_RESUM"))
          .toList();

  private record Instance(RandomHistory history, long number, boolean undone) {}

  @Test
  void whatWasUndoneNeverRan() throws Exception {
    long start = System.nanoTime();
    Long replayed = Long.getLong("millrace.seed");
    long first = replayed == null ? System.nanoTime() : replayed;
    int rounds = replayed == null ? ROUNDS : 1;
    Totals totals = new Totals();
    try (Server server = Server.start()) {
      server.execute("CREATE TABLE STEP_DONE (STEP VARCHAR(100) PRIMARY KEY)");
      server.execute(RandomHistory.TABLES);
      for (int round = 0; round < rounds; round++) {
        Round played = new Round(server, first + round, totals);
        try {
          played.play();
        } catch (AssertionError | Exception e) {
          throw new AssertionError(
              "replay with -Dmillrace.seed=%d\n%s"
                  .formatted(first + round, String.join("\n", Books.unfinished(server))),
              e);
        }
      }
    }
    Scale.print(
        "rollback",
        "%d random histories, %d runs, %d instances undone, %d conflicts reported, %d crashes and %d"
            + " failures in the middle: 0 rows differ; %d s",
        rounds * HISTORIES_PER_ROUND,
        totals.runs,
        totals.undone,
        totals.conflicts,
        totals.crashes.get(),
        totals.failures.get(),
        (System.nanoTime() - start) / 1_000_000_000);
    assertThat(totals.crashes.get()).isPositive();
    assertThat(totals.failures.get()).isPositive();
  }

  private static final class Totals {
    private int runs;
    private int undone;
    private int conflicts;
    private final AtomicInteger crashes = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
  }

  /** Ten processes, two instances each. */
  private static final class Round {
    private final Server server;
    private final long seed;
    private final SplittableRandom random;
    private final Totals totals;
    private final List<RandomHistory> histories = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();
    private final Tables expected = Tables.empty();
    private final Set<Long> overwritten = new TreeSet<>();
    private final Map<Long, Long> foreignStock = new TreeMap<>();
    private int faultsLeft;

    Round(Server server, long seed, Totals totals) {
      this.server = server;
      this.seed = seed;
      this.totals = totals;
      random = new SplittableRandom(seed);
    }

    void play() throws Exception {
      prepare();
      faultsLeft = random.nextInt(MOST_FAULTS + 1);
      boolean done = false;
      while (!done) {
        done = live();
      }
      compare();
    }

    private void prepare() throws SQLException {
      server.execute(
          "DELETE FROM STEP_DONE", "DELETE FROM PRICE", "DELETE FROM STOCK", "DELETE FROM ITEM");
      for (int i = 0; i < HISTORIES_PER_ROUND; i++) {
        RandomHistory history = new RandomHistory("h" + i, random);
        histories.add(history);
        for (int j = 0; j < INSTANCES_PER_HISTORY; j++) {
          long number = i * INSTANCES_PER_HISTORY + j;
          Instance instance = new Instance(history, number, random.nextInt(3) > 0);
          instances.add(instance);
          history.leave(number, instance.undone(), expected);
          totals.runs += history.runs();
          totals.undone += instance.undone() ? 1 : 0;
        }
      }
      for (Instance instance : instances) {
        List<Long> keys = instance.history().prices(instance.number());
        if (instance.undone() && !keys.isEmpty() && random.nextInt(4) == 0) {
          overwritten.add(keys.get(random.nextInt(keys.size())));
        }
      }
      for (long sku = 0; sku < RandomHistory.SKUS; sku++) {
        foreignStock.put(sku, (long) random.nextInt(50));
        expected.stock().merge(sku, foreignStock.get(sku), Long::sum);
      }
    }

    /** Returns false if the node died before all was done. */
    private boolean live() throws Exception {
      Plug plug = new Plug(server.dataSource());
      AtomicBoolean dead = new AtomicBoolean();
      arm(plug, dead);
      try (plug;
          Node node =
              Node.start(
                  plug.dataSource(),
                  plugin -> {
                    plugin.setNode("mortal");
                    plugin.setLeaseSeconds(2);
                    plugin.setWorkers(4);
                  })) {
        work(new Steps(node, dead::get));
        return !dead.get();
      } catch (Crash | AssertionError | Exception e) {
        // the driver asserts that no connection is lost while it is asked
        if (!dead.get()) {
          throw e;
        }
        return false;
      } finally {
        FaultPoint.inject(reached -> {});
      }
    }

    /** One fault a life: the node dies, or what it does there fails once. */
    private void arm(Plug plug, AtomicBoolean dead) {
      if (faultsLeft == 0) {
        return;
      }
      faultsLeft--;
      FaultPoint point = FAULTS.get(random.nextInt(FAULTS.size()));
      AtomicInteger hits = new AtomicInteger(1 + random.nextInt(MOST_HITS));
      boolean dies = random.nextBoolean();
      FaultPoint.inject(
          reached -> {
            if (dead.get()) {
              throw new Crash("a dead node came to " + reached);
            }
            if (reached == point && hits.decrementAndGet() == 0) {
              if (dies) {
                totals.crashes.incrementAndGet();
                dead.set(true);
                plug.cut();
                throw new Crash(point.name());
              }
              totals.failures.incrementAndGet();
              throw new MillraceException(
                  ErrorCode.of("TEST", ErrorCategory.CONNECTOR, 1), "failed at " + point);
            }
          });
    }

    private void work(Steps steps) throws Exception {
      Node node = steps.node();
      steps.once("deploy", db -> deploy(node));
      for (Instance instance : instances) {
        steps.once("start" + instance.number(), db -> start(node, db, instance));
      }
      steps.until(() -> waiting(node) == instances.size() || steps.isDone("foreign"));
      steps.once("foreign", this::writeForeign);
      for (Instance instance : instances) {
        steps.once("go" + instance.number(), db -> go(node, instance));
      }
      steps.until(() -> unfinished(node).size() == conflicting(node).size());
      for (String instance : conflicting(node)) {
        steps.node().millrace().rollbacks().resume(instance, ConflictPolicy.SKIP);
      }
      steps.until(() -> unfinished(node).isEmpty());
    }

    private void deploy(Node node) {
      DeploymentBuilder deployment = node.engine.getRepositoryService().createDeployment();
      RandomHistory.scripts().forEach(deployment::addString);
      for (RandomHistory history : histories) {
        deployment.addString(history.process() + ".bpmn", history.model());
      }
      deployment.deploy();
    }

    private void start(Node node, Connection db, Instance instance) throws SQLException {
      Steps.execute(
          db,
          "INSERT INTO ITEM VALUES (%d, %d)"
              .formatted(instance.number(), RandomHistory.ITEM_START));
      node.engine
          .getRuntimeService()
          .startProcessInstanceByKey(
              instance.history().process(),
              Long.toString(instance.number()),
              instance.history().variables(instance.number()));
    }

    private static long waiting(Node node) {
      return node.engine.getTaskService().createTaskQuery().count();
    }

    private void writeForeign(Connection db) throws SQLException {
      for (long key : overwritten) {
        Steps.execute(db, "UPDATE PRICE SET QTY = %d WHERE ID = %d".formatted(FOREIGN, key));
      }
      for (Map.Entry<Long, Long> added : foreignStock.entrySet()) {
        Steps.execute(
            db,
            "INSERT INTO STOCK VALUES (%1$d, %2$d) ON CONFLICT (ID) DO UPDATE SET QTY = STOCK.QTY + %2$d"
                .formatted(added.getKey(), added.getValue()));
      }
    }

    private static void go(Node node, Instance instance) {
      String task =
          node.engine
              .getTaskService()
              .createTaskQuery()
              .processInstanceBusinessKey(Long.toString(instance.number()))
              .singleResult()
              .getId();
      node.engine.getTaskService().complete(task, Map.of("undo", instance.undone()));
    }

    private static List<ProcessInstance> unfinished(Node node) {
      return node.engine.getRuntimeService().createProcessInstanceQuery().list();
    }

    /** Instances whose rollback has met a conflict, which names the row. */
    private Set<String> conflicting(Node node) {
      Set<String> found = new TreeSet<>();
      for (Incident incident : node.engine.getRuntimeService().createIncidentQuery().list()) {
        assertThat(incident.getIncidentMessage())
            .contains("found rows that have changed since", Long.toString(FOREIGN));
        found.add(incident.getProcessInstanceId());
      }
      return found;
    }

    private void compare() throws SQLException {
      // a row a colleague had written is reported, and stays as he left it
      for (long key : overwritten) {
        expected.price().put(key, FOREIGN);
      }
      totals.conflicts += overwritten.size();
      assertThat(table("PRICE")).as("PRICE, seed %d", seed).isEqualTo(expected.price());
      assertThat(table("ITEM")).as("ITEM, seed %d", seed).isEqualTo(expected.item());
      assertThat(counted(table("STOCK")))
          .as("STOCK, seed %d", seed)
          .isEqualTo(counted(expected.stock()));
      assertThat(server.number("SELECT COUNT(*) FROM MR_EFFECT WHERE STATE = 'SKIPPED'"))
          .as("conflicts reported up to seed %d", seed)
          .isEqualTo(totals.conflicts);
    }

    /**
     * A counter's row that is gone stands for zero: whether others have added zero to a row, nobody
     * can see who takes back the addition that made it.
     */
    private static Map<Long, Long> counted(Map<Long, Long> stock) {
      Map<Long, Long> counted = new TreeMap<>(stock);
      counted.values().removeIf(sum -> sum == 0);
      return counted;
    }

    private Map<Long, Long> table(String name) throws SQLException {
      Map<Long, Long> rows = new TreeMap<>();
      try (Connection connection = server.dataSource().getConnection();
          PreparedStatement select = connection.prepareStatement("SELECT ID, QTY FROM " + name);
          ResultSet result = select.executeQuery()) {
        while (result.next()) {
          rows.put(result.getLong(1), result.getLong(2));
        }
      }
      return rows;
    }
  }
}
