// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.fault.FaultPoint;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The coordination code under thousands of random courses of events: nodes that die, stand still
 * and lose their connections, commits of which nobody hears, clocks that run apart. No effect is
 * lost or doubled, one owner writes at a time, an undo happens newest first and once.
 *
 * <p>A violation names its seed; {@code -Dmillrace.seed=…} replays it alone.
 */
class SimulationTest {
  private static final boolean LONG = "long".equals(System.getProperty("millrace.reliability"));
  private static final int SEEDS = LONG ? 100_000 : 1_000;
  private static final int REPLAYED = 20;
  private static final int TOLD_EVERY = 2_500;
  private static final int WORLDS = Runtime.getRuntime().availableProcessors();

  @BeforeAll
  static void pauseAtFaultPoints() {
    FaultPoint.inject(point -> Fibers.pause());
  }

  @AfterAll
  static void goOn() {
    FaultPoint.inject(point -> {});
  }

  /** What was seen, over many courses. */
  private record Totals(long steps, long faults, long virtualMs) {
    Totals plus(World.Course course) {
      return new Totals(
          steps + course.steps(), faults + course.faults(), virtualMs + course.virtualMs());
    }

    Totals plus(Totals other) {
      return new Totals(steps + other.steps, faults + other.faults, virtualMs + other.virtualMs);
    }
  }

  @Test
  void noCourseOfEventsLosesOrDoublesAnything() throws Exception {
    long start = System.nanoTime();
    Long replayed = Long.getLong("millrace.seed");
    long first = replayed == null ? System.nanoTime() : replayed;
    long behind = first + (replayed == null ? SEEDS : 1);
    ExecutorService worlds = Executors.newFixedThreadPool(WORLDS);
    Totals totals = new Totals(0, 0, 0);
    try {
      List<Future<Totals>> played = new ArrayList<>();
      for (int world = 0; world < WORLDS; world++) {
        long from = first + world;
        played.add(worlds.submit(() -> play(from, behind)));
      }
      for (Future<Totals> each : played) {
        totals = totals.plus(each.get());
      }
    } finally {
      worlds.shutdownNow();
    }
    System.out.printf(
        "RELIABILITY simulation (%s): %d seeds, %d steps, %d faults, %d virtual seconds: 0 violations;"
            + " %d s%n",
        LONG ? "long" : "short",
        behind - first,
        totals.steps(),
        totals.faults(),
        totals.virtualMs() / 1000,
        (System.nanoTime() - start) / 1_000_000_000);
  }

  /** Every so many-th seed; tells now and then how far it has come. */
  private static Totals play(long from, long behind) throws SQLException {
    Totals totals = new Totals(0, 0, 0);
    try (World world = new World()) {
      long played = 0;
      for (long seed = from; seed < behind; seed += WORLDS) {
        if (++played % TOLD_EVERY == 0) {
          System.out.printf("simulation: %d seeds of this world, at %d%n", played, seed);
        }
        World.Course course = world.play(seed);
        assertThat(course.violations()).as("replay with -Dmillrace.seed=%d", seed).isEmpty();
        totals = totals.plus(course);
      }
    }
    return totals;
  }

  @Test
  void aSeedTakesTheSameCourseAgain() throws Exception {
    try (World world = new World()) {
      for (long seed = 1; seed <= REPLAYED; seed++) {
        World.Course once = world.play(seed);
        assertThat(world.play(seed)).as("seed %d", seed).isEqualTo(once);
      }
    }
  }

  @Test
  void aStoreThatForgetsWhatItCommittedIsFoundOut() throws Exception {
    try (World world = new World()) {
      world.beForgetful();
      boolean found = false;
      for (long seed = 1; seed <= REPLAYED && !found; seed++) {
        found = !world.play(seed).violations().isEmpty();
      }
      assertThat(found).isTrue();
    }
  }
}
