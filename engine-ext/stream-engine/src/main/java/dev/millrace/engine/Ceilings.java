// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.plan.Plan;
import dev.millrace.runtime.stage.MemoryBudget;
import dev.millrace.spi.option.Durations;
import dev.millrace.spi.option.MemorySizes;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The most that scripts may SET their own limits to, by key without {@code millrace.}, as an
 * operator has said. A script that sets nothing gets no more either. Thread-safe.
 */
public record Ceilings(Map<String, String> byKey) {
  private static final String PREFIX = "millrace.";

  /** How a limit is read, and what it is where nobody says anything. */
  private record Limit(Function<String, Comparable<?>> parser, String otherwise) {
    @SuppressWarnings("unchecked") // one parser gives values of one class
    boolean isMore(String value, String than) {
      return ((Comparable<Object>) parser.apply(value)).compareTo(parser.apply(than)) > 0;
    }

    boolean reads(String value) {
      try {
        return parser.apply(value) != null;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }

  private static final Map<String, Limit> LIMITS =
      Map.of(
          "max-staged-rows", new Limit(Ceilings::rows, "1000000"),
          "max-journal-effects", new Limit(Ceilings::rows, "1000000"),
          "max-dead-letters", new Limit(Ceilings::rows, "100000"),
          "max-run-time", new Limit(Durations::parse, "1 d"),
          "max-state-bytes", new Limit(MemorySizes::parse, "256 mb"),
          "max-memory", new Limit(MemorySizes::parse, MemoryBudget.shareOfHeap() + " bytes"));

  /**
   * @throws dev.millrace.spi.error.MillraceException if a key is none of a limit, or a value not
   *     such as SET takes it
   */
  public Ceilings {
    byKey = Map.copyOf(byKey);
    byKey.forEach(
        (key, value) -> {
          Limit limit = LIMITS.get(key);
          if (limit == null) {
            throw EngineErrors.unknownCeiling(key, new TreeMap<>(LIMITS).keySet());
          }
          if (!limit.reads(value)) {
            throw EngineErrors.ceilingValue(key, value, limit.otherwise());
          }
        });
  }

  /** Scripts may SET what they like. */
  public static Ceilings none() {
    return new Ceilings(Map.of());
  }

  private static Long rows(String text) {
    long rows = Long.parseLong(text);
    if (rows < 1) {
      throw new IllegalArgumentException(text);
    }
    return rows;
  }

  /**
   * A plan with its limits, those it did not set too.
   *
   * @throws dev.millrace.spi.error.MillraceException if it sets one higher than it may
   */
  Plan applyTo(Plan plan) {
    if (byKey.isEmpty()) {
      return plan;
    }
    Map<String, String> settings = new TreeMap<>(plan.settings());
    byKey.forEach(
        (key, ceiling) -> {
          Limit limit = LIMITS.get(key);
          String set = settings.get(PREFIX + key);
          if (set != null && limit.isMore(set, ceiling)) {
            throw EngineErrors.aboveCeiling(PREFIX + key, set, ceiling);
          }
          if (set == null && limit.isMore(limit.otherwise(), ceiling)) {
            settings.put(PREFIX + key, ceiling);
          }
        });
    return new Plan(plan.script(), plan.inserts(), settings, plan.zone());
  }
}
