// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan;

import dev.millrace.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.List;

/** Collects the operators that remember rows, those below first. */
final class StatefulNodes implements PlanNode.Visitor<Void> {
  private final List<PlanNode> found = new ArrayList<>();

  /** Those of a query, each once. */
  static List<PlanNode> of(PlanNode query) {
    StatefulNodes nodes = new StatefulNodes();
    query.accept(nodes);
    return nodes.found.stream().distinct().toList();
  }

  private Void passed(PlanNode node) {
    node.inputs().forEach(input -> input.accept(this));
    return null;
  }

  private Void remembers(PlanNode node) {
    passed(node);
    found.add(node);
    return null;
  }

  @Override
  public Void scan(PlanNode.Scan node) {
    return null;
  }

  @Override
  public Void values(PlanNode.Values node) {
    return null;
  }

  @Override
  public Void calc(PlanNode.Calc node) {
    return passed(node);
  }

  @Override
  public Void watermark(PlanNode.Watermark node) {
    return passed(node);
  }

  @Override
  public Void changelogNormalize(PlanNode.ChangelogNormalize node) {
    return remembers(node);
  }

  @Override
  public Void union(PlanNode.Union node) {
    return passed(node);
  }

  @Override
  public Void groupAggregate(PlanNode.GroupAggregate node) {
    return remembers(node);
  }

  @Override
  public Void windowAggregate(PlanNode.WindowAggregate node) {
    return remembers(node);
  }

  @Override
  public Void windowTable(PlanNode.WindowTable node) {
    return passed(node);
  }

  @Override
  public Void join(PlanNode.Join node) {
    return remembers(node);
  }

  @Override
  public Void lookupJoin(PlanNode.LookupJoin node) {
    return passed(node);
  }
}
