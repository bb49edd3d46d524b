// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability.simulation;

import dev.millrace.camunda.Millrace;
import dev.millrace.camunda.MillracePlugin;
import dev.millrace.camunda.config.Surroundings;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.camunda.work.Coordinator;
import dev.millrace.camunda.work.Dispatching;
import dev.millrace.camunda.work.WorkSource;
import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.store.StoreClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/**
 * Engine and Millrace. The engine, which remembers nothing that matters, is built once; what a node
 * knows of its work dies with each of its lives.
 */
final class SimNode {
  static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration COLLISION = Duration.ofMillis(5);

  private final String name;
  private final SimStore.Link link;
  private final List<Crew> crews = new ArrayList<>();
  private final ProcessEngine engine;
  private Fibers fibers;
  private int life;
  private long frozenUntilNanos;
  private double clockRate = 1;

  SimNode(String name, SimStore store, StoreClock clock, IdGenerator ids) {
    this.name = name;
    link = store.link();
    MillracePlugin plugin = new MillracePlugin();
    plugin.setNode(name);
    plugin.setLeaseSeconds(Math.toIntExact(LEASE.toSeconds()));
    plugin.setPollMillis(700);
    plugin.setRetryAttempts(1000);
    plugin.setMaxTakeovers(1000);
    plugin.setSweepSeconds(1_000_000);
    plugin.setInboxSweepMillis(1_000_000_000);
    plugin.setSurroundings(
        new Surroundings(clock, Crew::new, () -> Fibers.sleep(COLLISION), false));
    plugin.setStreamEngine(
        services ->
            LocalStreamEngine.discovering(List.of(new SimSource()), services, Clock.systemUTC()));
    engine = build(plugin, ids);
  }

  private ProcessEngine build(MillracePlugin plugin, IdGenerator ids) {
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName(name + "-" + System.nanoTime());
    configuration.setDataSource(link);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistory("none");
    configuration.setIdGenerator(ids);
    configuration.setMetricsEnabled(false);
    configuration.setDbMetricsReporterActivate(false);
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.getProcessEnginePlugins().add(plugin);
    return configuration.buildProcessEngine();
  }

  String name() {
    return name;
  }

  ProcessEngine engine() {
    return engine;
  }

  Millrace millrace() {
    return Millrace.of(engine).orElseThrow();
  }

  int life() {
    return life;
  }

  boolean isFrozen() {
    return fibers.nowNanos() < frozenUntilNanos;
  }

  long frozenUntilNanos() {
    return frozenUntilNanos;
  }

  /** Stands still: it does nothing, and keeps what it holds. */
  void freeze(Duration duration) {
    frozenUntilNanos = fibers.nowNanos() + duration.toNanos();
  }

  /** Its connections are lost, it is not. */
  void disconnect() {
    link.cut();
  }

  /** Ends all it does, at once. */
  void die() {
    life++;
    frozenUntilNanos = 0;
    link.cut();
  }

  /**
   * Begins to work.
   *
   * @param rate how fast its clock runs; 1 is right
   * @param takesBack whether it gives back what it held when it died, as a node with a stable name
   *     does; else its leases end
   */
  void begin(Fibers world, double rate, boolean takesBack) {
    fibers = world;
    clockRate = rate;
    crews.forEach(crew -> crew.begin(takesBack));
  }

  /** Something in one transaction of the engine's. */
  @FunctionalInterface
  interface Step {
    void perform(Connection connection) throws SQLException;
  }

  void inTransaction(Step step) {
    ((StandaloneProcessEngineConfiguration) engine.getProcessEngineConfiguration())
        .getCommandExecutorTxRequired()
        .execute(
            command -> {
              try {
                step.perform(EngineTransaction.current().connection());
                return null;
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /** The real coordinator, and fibers for its threads. */
  private final class Crew implements Dispatching {
    private final Coordinator.Settings settings;
    private final WorkSource source;
    private Coordinator coordinator;
    private Fibers.Fiber fiber;

    Crew(Coordinator.Settings settings, WorkSource source) {
      this.settings = settings;
      this.source = source;
    }

    @Override
    public void start() {
      crews.add(this);
    }

    void begin(boolean takesBack) {
      fiber = fibers.spawn(SimNode.this, () -> coordinate(takesBack));
    }

    private void coordinate(boolean takesBack) {
      if (takesBack) {
        takeBack();
      }
      coordinator =
          new Coordinator(
              settings,
              source,
              new Coordinator.Surroundings(
                  () -> (long) (fibers.nowNanos() * clockRate),
                  action -> fibers.spawn(SimNode.this, action),
                  () -> fiber.wake()));
      while (true) {
        long nanos = coordinator.idleNanos();
        if (nanos <= 0) {
          coordinator.round();
        }
        Fibers.sleep(Duration.ofNanos(Math.max(1, nanos)));
      }
    }

    private void takeBack() {
      try {
        switch (settings.name()) {
          case "millrace-runs" -> millrace().store().runs().releaseDead(name);
          case "millrace-rollbacks" -> millrace().store().rollbacks().releaseDead(name);
          case "millrace-pipelines" -> millrace().store().pipelines().releaseDead(name);
          default -> Fibers.pause();
        }
      } catch (SQLException e) {
        // its leases will end
        Fibers.pause();
      }
    }

    @Override
    public void wakeAfter(Duration delay) {
      if (coordinator != null) {
        coordinator.wakeAfter(delay);
      }
    }

    @Override
    public void interrupt(Set<String> claimIds) {
      if (coordinator != null) {
        coordinator.interrupt(claimIds);
      }
    }

    @Override
    public void leave(long deadlineNanos) {}

    @Override
    public void stop() {}

    @Override
    public void close(long deadlineNanos) {}
  }
}
