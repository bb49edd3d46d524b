// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which columns of each scan are read by what stands above it, all statements together. */
final class ReadColumns {
  private final Map<PlanNode.Scan, BitSet> read = new HashMap<>();

  /** Adds a query that is read with all its columns. */
  void addAll(PlanNode query) {
    add(query, all(query));
  }

  int[] of(PlanNode.Scan scan) {
    return read.get(scan).stream().toArray();
  }

  private void add(PlanNode node, BitSet columns) {
    node.accept(new Below(columns));
  }

  private static BitSet all(PlanNode node) {
    BitSet columns = new BitSet();
    columns.set(0, node.type().size());
    return columns;
  }

  private static BitSet inputs(Optional<Expression> condition, List<Expression> expressions) {
    BitSet columns = new BitSet();
    condition.ifPresent(where -> Expressions.inputs(where).forEach(columns::set));
    expressions.forEach(expression -> Expressions.inputs(expression).forEach(columns::set));
    return columns;
  }

  private static BitSet grouped(Collection<Integer> keys, List<AggregateCall> calls) {
    BitSet columns = new BitSet();
    keys.forEach(columns::set);
    for (AggregateCall call : calls) {
      call.arguments().forEach(columns::set);
      if (call.filter() >= 0) {
        columns.set(call.filter());
      }
    }
    return columns;
  }

  /** Goes down from a node of which some columns are read. */
  private final class Below implements PlanNode.Visitor<Void> {
    private final BitSet columns;

    Below(BitSet columns) {
      this.columns = columns;
    }

    private Void whole(PlanNode node) {
      node.inputs().forEach(input -> add(input, all(input)));
      return null;
    }

    private Void only(PlanNode input, BitSet needed) {
      add(input, needed);
      return null;
    }

    @Override
    public Void scan(PlanNode.Scan node) {
      read.computeIfAbsent(node, fresh -> new BitSet()).or(columns);
      return null;
    }

    @Override
    public Void values(PlanNode.Values node) {
      return null;
    }

    @Override
    public Void calc(PlanNode.Calc node) {
      return only(node.input(), inputs(node.condition(), node.projections()));
    }

    @Override
    public Void watermark(PlanNode.Watermark node) {
      BitSet needed = inputs(Optional.empty(), List.of(node.expression()));
      needed.or(columns);
      needed.set(node.column());
      return only(node.input(), needed);
    }

    @Override
    public Void changelogNormalize(PlanNode.ChangelogNormalize node) {
      return whole(node);
    }

    @Override
    public Void union(PlanNode.Union node) {
      return whole(node);
    }

    @Override
    public Void groupAggregate(PlanNode.GroupAggregate node) {
      return only(node.input(), grouped(node.keys(), node.calls()));
    }

    @Override
    public Void windowAggregate(PlanNode.WindowAggregate node) {
      BitSet needed = grouped(node.keys(), node.calls());
      needed.set(node.window().timeColumn());
      return only(node.input(), needed);
    }

    @Override
    public Void windowTable(PlanNode.WindowTable node) {
      BitSet needed = columns.get(0, node.input().type().size());
      needed.set(node.window().timeColumn());
      return only(node.input(), needed);
    }

    @Override
    public Void join(PlanNode.Join node) {
      return whole(node);
    }

    @Override
    public Void lookupJoin(PlanNode.LookupJoin node) {
      return whole(node);
    }
  }
}
