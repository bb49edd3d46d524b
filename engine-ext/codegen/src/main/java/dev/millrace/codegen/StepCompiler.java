// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import dev.millrace.codegen.aggregate.AggregateCompiler;
import dev.millrace.codegen.expression.ExpressionCompiler;
import dev.millrace.plan.Fingerprint;
import dev.millrace.plan.Plan;
import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.JoinType;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.runtime.aggregate.GroupTable;
import dev.millrace.runtime.dataflow.Distribution;
import dev.millrace.runtime.dataflow.OperatorFactory;
import dev.millrace.runtime.dataflow.OperatorSite;
import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.runtime.kernel.JoinKernel;
import dev.millrace.runtime.kernel.KernelContext;
import dev.millrace.runtime.operator.CalcOperator;
import dev.millrace.runtime.operator.GroupAggregateOperator;
import dev.millrace.runtime.operator.NotNullOperator;
import dev.millrace.runtime.operator.UnionOperator;
import dev.millrace.runtime.operator.WatermarkOperator;
import dev.millrace.runtime.operator.join.JoinInput;
import dev.millrace.runtime.operator.join.JoinOperator;
import dev.millrace.runtime.operator.join.LookupJoinOperator;
import dev.millrace.runtime.operator.join.NormalizeOperator;
import dev.millrace.runtime.operator.window.WindowAggregateOperator;
import dev.millrace.runtime.operator.window.WindowProperty;
import dev.millrace.runtime.operator.window.WindowShape;
import dev.millrace.runtime.operator.window.WindowTableOperator;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.LookupTable;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.type.RowType;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Compiles single nodes. Immutable. */
final class StepCompiler {
  private static final long NANOS_PER_MICRO = 1000;

  private final ZoneId zone;
  private final Settings settings;
  private final Fingerprint fingerprint;

  StepCompiler(Plan plan) {
    zone = plan.zone();
    settings = Settings.of(plan);
    fingerprint = new Fingerprint(plan);
  }

  private KernelContext context(OperatorSite site) {
    return new KernelContext(site.clock(), zone);
  }

  /**
   * @param inputs the vertices of the node's inputs
   */
  Vertex compile(PlanNode node, List<Vertex> inputs) {
    return node.accept(new Nodes(inputs));
  }

  /** Keeps NULL out of columns of a sink. */
  Vertex notNull(PlanNode query, Vertex vertex, int[] columns) {
    RowType type = query.type();
    String name = "NotNull(columns=" + Arrays.stream(columns).mapToObj(type::name).toList() + ")";
    return new Vertex.Step(
        name,
        new Vertex.Step.Identity(name + " of " + fingerprint.of(query), false),
        List.of(vertex),
        List.of(type),
        new Distribution.Anywhere(),
        site -> new NotNullOperator(type, columns, settings.dropsNulls()));
  }

  private final class Nodes implements PlanNode.Visitor<Vertex> {
    private final List<Vertex> inputs;

    Nodes(List<Vertex> inputs) {
      this.inputs = inputs;
    }

    private Vertex step(PlanNode node, Distribution distribution, OperatorFactory operators) {
      List<RowType> types = node.inputs().stream().map(PlanNode::type).toList();
      TrialRun.create(operators);
      Vertex.Step.Identity identity =
          new Vertex.Step.Identity(fingerprint.of(node), Plan.remembers(node));
      return new Vertex.Step(node.describe(), identity, inputs, types, distribution, operators);
    }

    @Override
    public Vertex scan(PlanNode.Scan node) {
      return new Vertex.Source(node.table(), node.source(), node.type());
    }

    @Override
    public Vertex values(PlanNode.Values node) {
      return new Vertex.Source(fingerprint.of(node), new LiteralRows(node), node.type());
    }

    @Override
    public Vertex calc(PlanNode.Calc node) {
      RowType in = node.input().type();
      if (changesNothing(node)) {
        return inputs.get(0);
      }
      return step(
          node,
          new Distribution.Anywhere(),
          node.condition().isPresent()
              ? site ->
                  new CalcOperator(
                      ExpressionCompiler.calc(
                          in, node.condition(), node.projections(), node.type(), context(site)),
                      node.type())
              : site -> new Projections(node).operator(context(site)));
    }

    /** Columns may get other names: nobody downstream looks at them. */
    private static boolean changesNothing(PlanNode.Calc node) {
      RowType in = node.input().type();
      return node.condition().isEmpty()
          && in.size() == node.type().size()
          && IntStream.range(0, in.size())
              .allMatch(
                  i ->
                      node.projections().get(i) instanceof Expression.Input input
                          && input.column() == i
                          && in.type(i)
                              .withNullable(true)
                              .equals(node.type().type(i).withNullable(true)));
    }

    @Override
    public Vertex watermark(PlanNode.Watermark node) {
      long intervalMicros = settings.watermarkInterval().toNanos() / NANOS_PER_MICRO;
      return step(
          node,
          new Distribution.Anywhere(),
          site ->
              new WatermarkOperator(
                  ExpressionCompiler.watermark(node.type(), node.expression(), context(site)),
                  node.type(),
                  node.column(),
                  intervalMicros,
                  node.boundedness() == Boundedness.UNBOUNDED));
    }

    @Override
    public Vertex changelogNormalize(PlanNode.ChangelogNormalize node) {
      JoinInput rows = new JoinInput(node.type(), columns(node.keys()));
      return step(node, byKey(rows.keys()), run -> new NormalizeOperator(rows));
    }

    @Override
    public Vertex union(PlanNode.Union node) {
      return step(node, new Distribution.Anywhere(), site -> new UnionOperator());
    }

    @Override
    public Vertex groupAggregate(PlanNode.GroupAggregate node) {
      return step(
          node,
          byKey(columns(node.keys())),
          site ->
              new GroupAggregateOperator(
                  groups(node.input(), node.keys(), node.calls(), node.type()), node.type()));
    }

    @Override
    public Vertex windowAggregate(PlanNode.WindowAggregate node) {
      WindowShape shape = Windows.shape(node.window());
      WindowProperty[] properties = Windows.properties(node.properties());
      return step(
          node,
          byKey(columns(node.keys())),
          site ->
              new WindowAggregateOperator(
                  shape,
                  Windows.clock(node.window(), node.input().type(), zone),
                  node.window().timeColumn(),
                  groups(node.input(), node.keys(), node.calls(), node.type()),
                  properties,
                  node.type()));
    }

    private GroupTable groups(
        PlanNode input, List<Integer> keys, List<AggregateCall> calls, RowType output) {
      boolean retracting = input.changelogMode() != ChangelogMode.INSERT_ONLY;
      return AggregateCompiler.table(input.type(), keys, calls, output, retracting);
    }

    @Override
    public Vertex windowTable(PlanNode.WindowTable node) {
      WindowShape shape = Windows.shape(node.window());
      return step(
          node,
          new Distribution.Anywhere(),
          site ->
              new WindowTableOperator(
                  shape,
                  Windows.clock(node.window(), node.input().type(), zone),
                  node.window().timeColumn(),
                  node.type()));
    }

    @Override
    public Vertex join(PlanNode.Join node) {
      JoinInput left = new JoinInput(node.left().type(), columns(node.leftKeys()));
      JoinInput right = new JoinInput(node.right().type(), columns(node.rightKeys()));
      return step(
          node,
          byKey(left.keys(), right.keys()),
          site -> {
            JoinKernel condition = condition(left.type(), right.type(), node.condition(), site);
            return node.joinType() == JoinType.INNER
                ? JoinOperator.inner(left, right, node.type(), condition)
                : JoinOperator.left(left, right, node.type(), condition);
          });
    }

    @Override
    public Vertex lookupJoin(PlanNode.LookupJoin node) {
      JoinInput left = new JoinInput(node.left().type(), columns(node.leftKeys()));
      RowType table = node.tableType();
      return step(
          node,
          new Distribution.Anywhere(),
          site -> {
            Callable<RowLookup> opener = opener(node, site.tables());
            JoinKernel condition = condition(left.type(), table, node.condition(), site);
            return node.joinType() == JoinType.INNER
                ? LookupJoinOperator.inner(left, table, node.type(), condition, opener)
                : LookupJoinOperator.left(left, table, node.type(), condition, opener);
          });
    }
  }

  private static Callable<RowLookup> opener(PlanNode.LookupJoin node, SourceContext run) {
    LookupTable table = (LookupTable) node.source();
    return () -> table.openLookup(columns(node.lookupKeys()), run);
  }

  private JoinKernel condition(
      RowType left, RowType right, Optional<Expression> condition, OperatorSite site) {
    return condition
        .map(where -> ExpressionCompiler.join(left, right, where, context(site)))
        .orElse((leftBatch, leftRow, rightBatch, rightRow) -> true);
  }

  /** Without keys all rows meet. */
  private static Distribution byKey(int[]... keys) {
    return keys[0].length == 0
        ? new Distribution.Together()
        : new Distribution.ByKey(List.of(keys));
  }

  private static int[] columns(List<Integer> positions) {
    return positions.stream().mapToInt(Integer::intValue).toArray();
  }
}
