// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.JoinType;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.LookupTable;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.catalog.DeclaredTable;
import dev.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** {@code JOIN t FOR SYSTEM_TIME AS OF l.proctime}: asks a table by key, row by row. */
final class LookupJoinConversion {
  private final Correlate correlate;
  private final PlanNode left;
  private final List<RexNode> conditions = new ArrayList<>();

  private LookupJoinConversion(Correlate correlate, PlanNode left) {
    this.correlate = correlate;
    this.left = left;
  }

  static PlanNode convert(Correlate correlate, PlanNode left) {
    return new LookupJoinConversion(correlate, left).convert();
  }

  private PlanNode convert() {
    DeclaredTable table = lookedUp(snapshot());
    TableSource source = table.source();
    RowType tableType = table.declaration().readType();
    if (!(source instanceof LookupTable)) {
      throw new Unplannable(
          "FOR SYSTEM_TIME AS OF on table '" + table.declaration().name() + "'",
          "its connector cannot be asked by key");
    }
    if (!tableType.equals(table.declaration().rowType())) {
      throw new Unplannable("a lookup join with a table that has computed columns");
    }
    JoinType type = joinType();
    RowType both = JoinConversion.concatenation(left.type(), tableType, JoinType.INNER);
    RexBuilder rexBuilder = correlate.getCluster().getRexBuilder();
    RexToExpression expressions = new RexToExpression(rexBuilder, both);
    JoinKeys keys = new JoinKeys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (RexNode condition : conditions) {
      JoinKeys found =
          JoinKeys.split(
              condition.accept(new Uncorrelate(rexBuilder)), expressions, left.type().size());
      keys.left().addAll(found.left());
      keys.right().addAll(found.right());
      keys.rest().addAll(found.rest());
    }
    return make(table, tableType, type, keys);
  }

  private PlanNode make(DeclaredTable table, RowType tableType, JoinType type, JoinKeys keys) {
    KeyedSide side = KeyedSide.of(left, keys.left());
    int leftCount = left.type().size();
    int shift = side.node().type().size() - leftCount;
    PlanNode join =
        new PlanNode.LookupJoin(
            side.node(),
            table.declaration().name(),
            table.source(),
            tableType,
            type,
            side.keys(),
            keys.right().stream().map(LookupJoinConversion::tableColumn).toList(),
            keys.rest(column -> column < leftCount ? column : column + shift),
            JoinConversion.concatenation(side.node().type(), tableType, type));
    if (side.keys().isEmpty()) {
      throw new Unplannable(
          "a lookup join without a key", "compare a column of the table for equality");
    }
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < leftCount + tableType.size(); i++) {
      int from = i < leftCount ? i : i + shift;
      columns.add(new Expression.Input(from, join.type().type(from)));
    }
    return Calcs.project(join, columns, Types.names(correlate.getRowType()));
  }

  private static int tableColumn(Expression key) {
    if (key instanceof Expression.Input column) {
      return column.column();
    }
    throw new Unplannable(
        "a lookup by " + key, "compare plain columns of the table, with a value of their type");
  }

  private JoinType joinType() {
    if (correlate.getJoinType() == JoinRelType.INNER) {
      return JoinType.INNER;
    }
    if (correlate.getJoinType() == JoinRelType.LEFT) {
      return JoinType.LEFT;
    }
    throw new Unplannable(correlate.getJoinType() + " lookup join");
  }

  private Snapshot snapshot() {
    RelNode node = correlate.getRight();
    while (node instanceof Filter filter) {
      conditions.add(filter.getCondition());
      node = filter.getInput();
    }
    if (node instanceof Snapshot snapshot) {
      return snapshot;
    }
    throw new Unplannable("a correlated query");
  }

  private DeclaredTable lookedUp(Snapshot snapshot) {
    boolean now =
        snapshot.getPeriod() instanceof RexFieldAccess period
            && period.getReferenceExpr() instanceof RexCorrelVariable
            && TimeAttributes.isProcessingTime(left, period.getField().getIndex());
    if (!now) {
      throw new Unplannable(
          "FOR SYSTEM_TIME AS OF anything but a processing time",
          "declare a column AS PROCTIME() in the left table");
    }
    if (snapshot.getInput() instanceof TableScan scan) {
      return scan.getTable().unwrapOrThrow(DeclaredTable.class);
    }
    throw new Unplannable("FOR SYSTEM_TIME AS OF on a view");
  }

  /** Makes the condition one over left columns, then the table's. */
  private final class Uncorrelate extends RexShuttle {
    private final RexBuilder rexBuilder;

    Uncorrelate(RexBuilder rexBuilder) {
      this.rexBuilder = rexBuilder;
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
      return access.getReferenceExpr() instanceof RexCorrelVariable
          ? rexBuilder.makeInputRef(access.getType(), access.getField().getIndex())
          : super.visitFieldAccess(access);
    }

    @Override
    public RexNode visitInputRef(RexInputRef ref) {
      return rexBuilder.makeInputRef(ref.getType(), left.type().size() + ref.getIndex());
    }
  }
}
