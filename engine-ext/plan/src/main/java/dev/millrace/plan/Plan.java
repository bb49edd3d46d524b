// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan;

import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.Boundedness;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A script, ready to be compiled.
 *
 * @param script the script's name
 * @param inserts run together, in one dataflow
 * @param settings all {@code SET} keys with their values
 * @param zone the session's time zone, {@code table.local-time-zone}
 */
public record Plan(String script, List<Insert> inserts, Map<String, String> settings, ZoneId zone) {
  public Plan {
    inserts = List.copyOf(inserts);
    settings = Map.copyOf(settings);
  }

  /** Bounded if every statement is: the run then ends by itself. */
  public Boundedness boundedness() {
    return inserts.stream().allMatch(insert -> insert.query().boundedness() == Boundedness.BOUNDED)
        ? Boundedness.BOUNDED
        : Boundedness.UNBOUNDED;
  }

  /** Whether what it writes depends on rows it read before: it groups or joins over time. */
  public boolean isStateful() {
    return inserts.stream().anyMatch(insert -> !statefulNodes(insert).isEmpty());
  }

  /** The operators below a statement that remember rows, those below others first. */
  public static List<PlanNode> statefulNodes(Insert insert) {
    return StatefulNodes.of(insert.query());
  }

  /** Whether an operator itself remembers rows. */
  public static boolean remembers(PlanNode node) {
    List<PlanNode> found = StatefulNodes.of(node);
    return !found.isEmpty() && found.get(found.size() - 1).equals(node);
  }

  /**
   * Whether all that is remembered follows from rows and clock readings alone, so that reading the
   * same rows in the same order makes the same state: no lookups and no random numbers reach it.
   */
  public boolean isReplayable() {
    return inserts.stream()
        .flatMap(insert -> statefulNodes(insert).stream())
        .allMatch(node -> node.accept(new ReplayFinder()));
  }

  /** The plan as a tree of lines, sinks first. */
  public String explain() {
    StringBuilder text = new StringBuilder();
    for (Insert insert : inserts) {
      text.append("Sink(table=[")
          .append(insert.table())
          .append("], columns=")
          .append(insert.sinkType().names())
          .append(")\n");
      explain(insert.query(), 1, text);
    }
    return text.toString();
  }

  private static void explain(PlanNode node, int depth, StringBuilder text) {
    text.append("   ".repeat(depth - 1))
        .append("+- ")
        .append(node.describe())
        .append(" → ")
        .append(node.changelogMode())
        .append('\n');
    for (PlanNode input : node.inputs()) {
      explain(input, depth + 1, text);
    }
  }
}
