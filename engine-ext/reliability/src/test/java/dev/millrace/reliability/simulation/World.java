// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability.simulation;

import dev.millrace.store.PipelineDeployments;
import dev.millrace.store.StoreClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Two nodes over one store, made once; each seed is one course of events in it. */
final class World implements AutoCloseable {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int WARM_UP_SEEDS = 20;
  private static final int PIPELINES = 3;
  private static final int MOST_INSTANCES = 4;
  private static final int MOST_FAULTS = 5;
  private static final long LONGEST_CALM_MS = 1_500;
  private static final int STORM_COMMITS = 6;
  private static final Duration TOO_LONG = Duration.ofMinutes(3);

  private final ExecutorService threads = Executors.newCachedThreadPool(World::daemon);
  private final SimStore store = new SimStore();
  private final AtomicLong ids = new AtomicLong();
  private final List<SimNode> nodes;
  private final Connection judge;
  private final String deployment;
  private final List<String> tables;
  private Fibers fibers;
  private SplittableRandom random;
  private long ticks;
  private int stormCommits;
  private boolean forgetful;
  private boolean ended;

  /** What became of a seed. */
  record Course(List<String> violations, long trace, long steps, long virtualMs, int faults) {}

  World() throws SQLException {
    fibers = new Fibers(new SplittableRandom(0), threads);
    StoreClock clock = connection -> BEGIN.plusNanos(fibers.nowNanos() + 1_000 * ++ticks);
    nodes = List.of(node("one", clock), node("two", clock));
    judge = store.open();
    execute(Scripts.TABLES);
    deployment = Scripts.deploy(nodes.get(0).engine());
    tables =
        list(
            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE 'MR\\_%'"
                + " AND TABLE_NAME <> 'MR_PROPERTY'");
    store.fate(this::commit);
    // once caches are full, a course depends on its seed alone
    for (int seed = 0; seed < WARM_UP_SEEDS; seed++) {
      play(seed);
    }
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "fiber");
    thread.setDaemon(true);
    return thread;
  }

  private SimNode node(String name, StoreClock clock) {
    return new SimNode(name, store, clock, () -> "i" + ids.incrementAndGet());
  }

  /** From now on commits are sometimes forgotten, which must be found out. */
  void beForgetful() {
    forgetful = true;
  }

  private SimStore.Outcome commit() {
    if (forgetful && random.nextInt(40) == 0) {
      return SimStore.Outcome.FORGOTTEN;
    }
    if (stormCommits == 0) {
      return SimStore.Outcome.COMMITTED;
    }
    stormCommits--;
    return SimStore.Outcome.values()[random.nextInt(3)];
  }

  /** Plays a seed from an empty store to its end. */
  Course play(long seed) throws SQLException {
    random = new SplittableRandom(seed);
    fibers = new Fibers(random, threads);
    ticks = 0;
    stormCommits = 0;
    ended = false;
    ids.set(1_000_000);
    clear();
    List<String> keys = new ArrayList<>();
    for (int i = 1 + random.nextInt(MOST_INSTANCES); i > 0; i--) {
      keys.add((random.nextBoolean() ? "keep" : "undo") + i);
    }
    for (int i = 0; i < PIPELINES; i++) {
      deployPipeline(i);
    }
    int faults = random.nextInt(MOST_FAULTS + 1);
    nodes.forEach(node -> node.begin(fibers, rate(), false));
    keys.forEach(key -> fibers.spawn(null, () -> start(key)));
    boolean[] calm = new boolean[1];
    fibers.spawn(
        null,
        () -> {
          for (int i = 0; i < faults; i++) {
            Fibers.sleep(Duration.ofMillis(random.nextLong(LONGEST_CALM_MS)));
            fault();
          }
          calm[0] = true;
        });
    List<String> violations = new ArrayList<>();
    fibers.spawn(null, () -> judge(keys, calm, violations));
    fibers.run();
    violations.addAll(Verdict.of(this, keys));
    return new Course(
        violations, fibers.trace(), fibers.steps(), fibers.nowNanos() / 1_000_000, faults);
  }

  /** A node's clock may run a tenth too fast or too slow. */
  private double rate() {
    return 0.9 + random.nextInt(21) / 100.0;
  }

  private void clear() throws SQLException {
    for (String table : tables) {
      execute("DELETE FROM " + table);
    }
    for (String table : List.of("STARTED", "ITEM", "STOCK", "LEDGER", "SUMS")) {
      execute("DELETE FROM " + table);
    }
    execute("INSERT INTO STOCK VALUES (1, 100)");
  }

  private void deployPipeline(int number) throws SQLException {
    nodes
        .get(0)
        .millrace()
        .store()
        .deployments()
        .deploy(
            judge,
            new PipelineDeployments.NewPipeline(
                "p" + number, "p" + number + ".sql", "hash", deployment, null, "", ""),
            PipelineDeployments.Redeployment.REPLACE);
  }

  // what is done

  /** Starts an instance once, through one node or the other. */
  private void start(String key) {
    Fibers.sleep(Duration.ofMillis(random.nextLong(LONGEST_CALM_MS)));
    boolean started = false;
    while (!started) {
      SimNode node = nodes.get(random.nextInt(nodes.size()));
      try {
        node.inTransaction(db -> Scripts.startOnce(node.engine(), db, key));
        started = true;
      } catch (RuntimeException e) {
        Fibers.sleep(Duration.ofMillis(50));
      }
    }
  }

  // what goes wrong

  private void fault() {
    SimNode node = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        node.die();
        Duration down = Duration.ofMillis(random.nextLong(2 * SimNode.LEASE.toMillis()));
        boolean takesBack = random.nextBoolean();
        fibers.spawn(
            null,
            () -> {
              Fibers.sleep(down);
              if (!ended) {
                node.die();
                node.begin(fibers, rate(), takesBack);
              }
            });
      }
      case 2 -> node.freeze(Duration.ofMillis(random.nextLong(3 * SimNode.LEASE.toMillis())));
      case 3 -> nodes.forEach(SimNode::disconnect);
      default -> stormCommits = STORM_COMMITS;
    }
  }

  // what must hold

  private void judge(List<String> keys, boolean[] calm, List<String> violations) {
    while (!calm[0] || !isDone(keys)) {
      if (fibers.nowNanos() > TOO_LONG.toNanos()) {
        violations.add("not done after " + TOO_LONG + ": " + unfinished());
        break;
      }
      Fibers.sleep(Duration.ofMillis(300));
    }
    ended = true;
    nodes.forEach(SimNode::die);
  }

  private boolean isDone(List<String> keys) {
    return number("SELECT COUNT(*) FROM STARTED") == keys.size() && unfinished().isEmpty();
  }

  private List<String> unfinished() {
    return list(
        """
        SELECT 'instance ' || COALESCE(BUSINESS_KEY_, ID_) FROM ACT_RU_EXECUTION
        UNION ALL SELECT 'pipeline ' || NAME || ' ' || STATE || ' ' || COALESCE(ERROR_TEXT, '')
          FROM MR_PIPELINE WHERE STATE <> 'STOPPED'
        UNION ALL SELECT 'run ' || STATE || ' ' || COALESCE(ERROR_TEXT, '')
          FROM MR_RUN WHERE STATE NOT IN ('COMPLETED', 'UNDONE')
        UNION ALL SELECT 'rollback ' || STATE || ' ' || COALESCE(ERROR_TEXT, '')
          FROM MR_ROLLBACK WHERE STATE <> 'DONE'\
        """);
  }

  long number(String sql) {
    return Long.parseLong(list(sql).get(0));
  }

  List<String> list(String sql) {
    try (PreparedStatement select = judge.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = judge.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    threads.shutdown();
    execute("SHUTDOWN");
  }
}
