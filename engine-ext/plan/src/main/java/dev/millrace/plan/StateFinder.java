// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan;

import dev.millrace.plan.node.PlanNode;

/** Whether an operator or one below it remembers rows. */
final class StateFinder implements PlanNode.Visitor<Boolean> {
  private boolean below(PlanNode node) {
    return node.inputs().stream().anyMatch(input -> input.accept(this));
  }

  @Override
  public Boolean scan(PlanNode.Scan node) {
    return false;
  }

  @Override
  public Boolean values(PlanNode.Values node) {
    return false;
  }

  @Override
  public Boolean calc(PlanNode.Calc node) {
    return below(node);
  }

  @Override
  public Boolean watermark(PlanNode.Watermark node) {
    return below(node);
  }

  @Override
  public Boolean changelogNormalize(PlanNode.ChangelogNormalize node) {
    return true;
  }

  @Override
  public Boolean union(PlanNode.Union node) {
    return below(node);
  }

  @Override
  public Boolean groupAggregate(PlanNode.GroupAggregate node) {
    return true;
  }

  @Override
  public Boolean windowAggregate(PlanNode.WindowAggregate node) {
    return true;
  }

  @Override
  public Boolean windowTable(PlanNode.WindowTable node) {
    return below(node);
  }

  @Override
  public Boolean join(PlanNode.Join node) {
    return true;
  }

  @Override
  public Boolean lookupJoin(PlanNode.LookupJoin node) {
    return below(node);
  }
}
