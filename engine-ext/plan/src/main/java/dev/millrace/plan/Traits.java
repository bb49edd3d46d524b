// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan;

import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.type.RowType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What decides the state of an operator that remembers rows, in words by name. */
final class Traits implements PlanNode.Visitor<Map<String, String>> {
  private static Map<String, String> none(PlanNode node) {
    throw new IllegalArgumentException(node.describe() + " remembers nothing");
  }

  private static String columns(PlanNode input, List<Integer> positions) {
    return positions.stream()
        .map(position -> column(input.type(), position))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String column(RowType type, int position) {
    return type.name(position) + " " + type.type(position);
  }

  /** The operators below, down to the tables, each with the types of its rows. */
  private static String below(PlanNode node) {
    String types =
        node.type().columns().stream()
            .map(column -> column.name() + " " + column.type())
            .collect(Collectors.joining(", ", "(", ")"));
    return node.describe()
        + " "
        + types
        + node.inputs().stream().map(input -> " ← " + below(input)).collect(Collectors.joining());
  }

  @Override
  public Map<String, String> scan(PlanNode.Scan node) {
    return none(node);
  }

  @Override
  public Map<String, String> values(PlanNode.Values node) {
    return none(node);
  }

  @Override
  public Map<String, String> calc(PlanNode.Calc node) {
    return none(node);
  }

  @Override
  public Map<String, String> watermark(PlanNode.Watermark node) {
    return none(node);
  }

  @Override
  public Map<String, String> union(PlanNode.Union node) {
    return none(node);
  }

  @Override
  public Map<String, String> windowTable(PlanNode.WindowTable node) {
    return none(node);
  }

  @Override
  public Map<String, String> lookupJoin(PlanNode.LookupJoin node) {
    return none(node);
  }

  @Override
  public Map<String, String> changelogNormalize(PlanNode.ChangelogNormalize node) {
    Map<String, String> traits = new LinkedHashMap<>();
    traits.put("keys", columns(node.input(), node.keys()));
    traits.put("rows below", below(node.input()));
    return traits;
  }

  @Override
  public Map<String, String> groupAggregate(PlanNode.GroupAggregate node) {
    Map<String, String> traits = new LinkedHashMap<>();
    traits.put("keys", columns(node.input(), node.keys()));
    traits.put("aggregates", node.calls().toString());
    traits.put("rows below", below(node.input()));
    return traits;
  }

  @Override
  public Map<String, String> windowAggregate(PlanNode.WindowAggregate node) {
    Map<String, String> traits = new LinkedHashMap<>();
    traits.put("keys", columns(node.input(), node.keys()));
    traits.put("windows", node.window().toString());
    traits.put("aggregates", node.calls().toString());
    traits.put("rows below", below(node.input()));
    return traits;
  }

  @Override
  public Map<String, String> join(PlanNode.Join node) {
    Map<String, String> traits = new LinkedHashMap<>();
    traits.put("join types", node.joinType().toString());
    traits.put("left keys", columns(node.left(), node.leftKeys()));
    traits.put("right keys", columns(node.right(), node.rightKeys()));
    traits.put("conditions", node.condition().map(Object::toString).orElse("none"));
    traits.put("left rows below", below(node.left()));
    traits.put("right rows below", below(node.right()));
    return traits;
  }
}
