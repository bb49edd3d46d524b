// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which ways rows take through a plan. Immutable. Cold code.
 *
 * <p>A row that failed somewhere may be sent through again from its table only if nothing else has
 * taken it: what remembers rows would count it twice.
 */
final class Passage {
  private final Set<PlanNode> nodes = new LinkedHashSet<>();
  private final Map<PlanNode, Set<PlanNode>> readers = new HashMap<>();

  /** How many statements write what a node yields. */
  private final Map<PlanNode, Integer> writers = new HashMap<>();

  Passage(Plan plan) {
    for (Insert insert : plan.inserts()) {
      add(insert.query());
      writers.merge(insert.query(), 1, Integer::sum);
    }
  }

  private void add(PlanNode node) {
    if (nodes.add(node)) {
      for (PlanNode input : node.inputs()) {
        add(input);
        readers.computeIfAbsent(input, absent -> new LinkedHashSet<>()).add(node);
      }
    }
  }

  /**
   * Whether a row of a table that failed at a step has failed in front of all that remembers rows,
   * and been taken by nothing else.
   *
   * @param side {@code SOURCE}: at what reads the table
   * @param step where it failed, as EXPLAIN shows it; of a {@code STEP} only
   */
  boolean isAlone(String table, DeadLetter.Side side, String step) {
    return switch (side) {
      case SINK -> false;
      case SOURCE -> scan(table).flatMap(this::onlyReader).filter(this::failsAlone).isPresent();
      case STEP ->
          nodes.stream().filter(node -> node.describe().equals(step)).count() == 1
              && scan(table).filter(scan -> leadsTo(scan, step)).isPresent();
    };
  }

  private Optional<PlanNode> scan(String table) {
    List<PlanNode> scans =
        nodes.stream()
            .filter(node -> node instanceof PlanNode.Scan scan && scan.table().equals(table))
            .toList();
    return scans.size() == 1 ? Optional.of(scans.get(0)) : Optional.empty();
  }

  /** What reads a node, if one alone does. */
  private Optional<PlanNode> onlyReader(PlanNode node) {
    Set<PlanNode> all = readers.getOrDefault(node, Set.of());
    return all.size() == 1 && !writers.containsKey(node)
        ? Optional.of(all.iterator().next())
        : Optional.empty();
  }

  /** What only chooses columns may be left out when it runs: then its readers stand for it. */
  private boolean failsAlone(PlanNode reader) {
    boolean choosesColumns =
        reader instanceof PlanNode.Calc calc
            && calc.condition().isEmpty()
            && calc.projections().stream().allMatch(Expression.Input.class::isInstance);
    return choosesColumns
        ? onlyReader(reader).filter(this::failsAlone).isPresent()
        : !Plan.remembers(reader);
  }

  private boolean leadsTo(PlanNode from, String step) {
    Optional<PlanNode> reader = onlyReader(from);
    if (reader.isEmpty() || Plan.remembers(reader.get())) {
      return false;
    }
    return reader.get().describe().equals(step)
        || (passesEachOnce(reader.get()) && leadsTo(reader.get(), step));
  }

  /** Others make several rows of one, of which but some may have failed. */
  private static boolean passesEachOnce(PlanNode node) {
    return node instanceof PlanNode.Calc
        || node instanceof PlanNode.Watermark
        || node instanceof PlanNode.Union;
  }
}
