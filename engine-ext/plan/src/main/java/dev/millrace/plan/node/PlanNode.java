// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan.node;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.type.RowType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An operator: rows of its inputs to rows of its {@link #type()}. */
public sealed interface PlanNode {
  RowType type();

  List<PlanNode> inputs();

  /** What kinds of change its output carries. */
  default ChangelogMode changelogMode() {
    return inputs().stream().allMatch(input -> input.changelogMode() == ChangelogMode.INSERT_ONLY)
        ? ChangelogMode.INSERT_ONLY
        : ChangelogMode.ALL;
  }

  /** Bounded if all its inputs are. */
  default Boundedness boundedness() {
    return inputs().stream().allMatch(input -> input.boundedness() == Boundedness.BOUNDED)
        ? Boundedness.BOUNDED
        : Boundedness.UNBOUNDED;
  }

  /** One line for EXPLAIN, without inputs. */
  String describe();

  <R> R accept(Visitor<R> visitor);

  /** Dispatch over the family. */
  interface Visitor<R> {
    R scan(Scan node);

    R values(Values node);

    R calc(Calc node);

    R watermark(Watermark node);

    R changelogNormalize(ChangelogNormalize node);

    R union(Union node);

    R groupAggregate(GroupAggregate node);

    R windowAggregate(WindowAggregate node);

    R windowTable(WindowTable node);

    R join(Join node);

    R lookupJoin(LookupJoin node);
  }

  /**
   * Reads a table.
   *
   * @param table as declared
   * @param source compared by identity: two scans of one declared table are one read
   */
  record Scan(String table, TableSource source, RowType type) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of();
    }

    @Override
    public ChangelogMode changelogMode() {
      return source.changelogMode();
    }

    @Override
    public Boundedness boundedness() {
      return source.boundedness();
    }

    @Override
    public String describe() {
      return "Scan(table=[" + table + "], columns=" + type.names() + ")";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.scan(this);
    }
  }

  /** Literal rows. */
  record Values(List<List<Expression.Literal>> rows, RowType type) implements PlanNode {
    public Values {
      rows = rows.stream().map(List::copyOf).toList();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of();
    }

    @Override
    public String describe() {
      return "Values(rows=" + rows + ")";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.values(this);
    }
  }

  /** Filters, then projects. Keeps each row's change kind. */
  record Calc(
      PlanNode input, Optional<Expression> condition, List<Expression> projections, RowType type)
      implements PlanNode {
    public Calc {
      projections = List.copyOf(projections);
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }

    @Override
    public String describe() {
      return "Calc(select="
          + projections
          + condition.map(where -> ", where=[" + where + "]").orElse("")
          + ")";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.calc(this);
    }
  }

  /**
   * Declares event time: {@code WATERMARK FOR column AS expression}. Rows pass unchanged; the
   * watermark is the largest value of the expression so far, as in Flink.
   *
   * @param column the event time column, TIMESTAMP(0..3) or TIMESTAMP_LTZ(0..3)
   */
  record Watermark(PlanNode input, int column, Expression expression) implements PlanNode {
    @Override
    public RowType type() {
      return input.type();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }

    @Override
    public String describe() {
      return "Watermark(column=[" + type().name(column) + "], expression=[" + expression + "])";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.watermark(this);
    }
  }

  /**
   * Makes whole a changelog that tells of each key only what it is now: the row before goes ahead
   * of each change, and what changes nothing is left out.
   *
   * @param keys columns of which there is one row at a time
   */
  record ChangelogNormalize(PlanNode input, List<Integer> keys) implements PlanNode {
    public ChangelogNormalize {
      keys = List.copyOf(keys);
    }

    @Override
    public RowType type() {
      return input.type();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }

    @Override
    public ChangelogMode changelogMode() {
      return ChangelogMode.ALL;
    }

    @Override
    public String describe() {
      return "ChangelogNormalize(key=" + columns(input, keys) + ")";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.changelogNormalize(this);
    }
  }

  /** All rows of all inputs, which have one type. */
  record Union(List<PlanNode> inputs, RowType type) implements PlanNode {
    public Union {
      inputs = List.copyOf(inputs);
    }

    @Override
    public String describe() {
      return "Union(all=[true])";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.union(this);
    }
  }

  /**
   * Groups over all time. Output: the keys, then the aggregates; a changelog.
   *
   * @param keys columns of the input; empty for one group over all rows, which exists from the
   *     first row on
   */
  record GroupAggregate(PlanNode input, List<Integer> keys, List<AggregateCall> calls, RowType type)
      implements PlanNode {
    public GroupAggregate {
      keys = List.copyOf(keys);
      calls = List.copyOf(calls);
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }

    @Override
    public ChangelogMode changelogMode() {
      return ChangelogMode.ALL;
    }

    @Override
    public String describe() {
      return "GroupAggregate(groupBy=" + columns(input, keys) + ", select=" + calls + ")";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.groupAggregate(this);
    }
  }

  /**
   * Groups per window, emitted once when the watermark passes the window's end. Output: the keys,
   * the aggregates, then the window's properties; inserts only.
   */
  record WindowAggregate(
      PlanNode input,
      Window window,
      List<Integer> keys,
      List<AggregateCall> calls,
      List<Window.Property> properties,
      RowType type)
      implements PlanNode {
    public WindowAggregate {
      keys = List.copyOf(keys);
      calls = List.copyOf(calls);
      properties = List.copyOf(properties);
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }

    @Override
    public ChangelogMode changelogMode() {
      return ChangelogMode.INSERT_ONLY;
    }

    @Override
    public String describe() {
      return "WindowAggregate(groupBy="
          + columns(input, keys)
          + ", window=["
          + window.describe(input.type())
          + "], select="
          + calls
          + ", properties="
          + properties
          + ")";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.windowAggregate(this);
    }
  }

  /**
   * A window table-valued function by itself: each row once per window it belongs to, with {@code
   * window_start}, {@code window_end}, {@code window_time} appended.
   */
  record WindowTable(PlanNode input, Window window, RowType type) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }

    @Override
    public String describe() {
      return "WindowTable(window=[" + window.describe(input.type()) + "])";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.windowTable(this);
    }
  }

  /**
   * Joins over all time. Output: the left columns, then the right ones.
   *
   * @param leftKeys columns compared for equality with those of {@code rightKeys}, pair by pair;
   *     NULL equals nothing
   * @param condition what else must be TRUE, over left columns then right ones
   */
  record Join(
      PlanNode left,
      PlanNode right,
      JoinType joinType,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      Optional<Expression> condition,
      RowType type)
      implements PlanNode {
    public Join {
      leftKeys = List.copyOf(leftKeys);
      rightKeys = List.copyOf(rightKeys);
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(left, right);
    }

    @Override
    public ChangelogMode changelogMode() {
      return joinType == JoinType.INNER ? PlanNode.super.changelogMode() : ChangelogMode.ALL;
    }

    @Override
    public String describe() {
      return "Join(type=["
          + joinType
          + "], left="
          + columns(left, leftKeys)
          + ", right="
          + columns(right, rightKeys)
          + condition.map(where -> ", condition=[" + where + "]").orElse("")
          + ")";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.join(this);
    }
  }

  /**
   * Joins each left row with the rows a table has for its key at that moment ({@code FOR
   * SYSTEM_TIME AS OF} a processing time). Output: the left columns, then the table's.
   *
   * @param source a {@link dev.millrace.spi.connector.LookupTable}
   * @param lookupKeys columns of the table, compared with the left's {@code leftKeys} pair by pair
   * @param condition what else must be TRUE, over left columns then the table's
   */
  record LookupJoin(
      PlanNode left,
      String table,
      TableSource source,
      RowType tableType,
      JoinType joinType,
      List<Integer> leftKeys,
      List<Integer> lookupKeys,
      Optional<Expression> condition,
      RowType type)
      implements PlanNode {
    public LookupJoin {
      leftKeys = List.copyOf(leftKeys);
      lookupKeys = List.copyOf(lookupKeys);
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(left);
    }

    @Override
    public String describe() {
      return "LookupJoin(table=["
          + table
          + "], type=["
          + joinType
          + "], left="
          + columns(left, leftKeys)
          + condition.map(where -> ", condition=[" + where + "]").orElse("")
          + ")";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.lookupJoin(this);
    }
  }

  private static String columns(PlanNode input, List<Integer> positions) {
    return positions.stream()
        .map(position -> input.type().name(position))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
