// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.script.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Names what of Flink SQL is not supported, where it stands, before anything is validated. */
final class Refusals extends SqlBasicVisitor<Void> {
  private static final Map<SqlKind, String> KINDS =
      Map.ofEntries(
          Map.entry(SqlKind.OVER, "OVER"),
          Map.entry(SqlKind.MATCH_RECOGNIZE, "MATCH_RECOGNIZE"),
          Map.entry(SqlKind.PIVOT, "PIVOT"),
          Map.entry(SqlKind.UNPIVOT, "UNPIVOT"),
          Map.entry(SqlKind.TABLESAMPLE, "TABLESAMPLE"),
          Map.entry(SqlKind.LATERAL, "LATERAL"),
          Map.entry(SqlKind.UNNEST, "UNNEST"),
          Map.entry(SqlKind.INTERSECT, "INTERSECT"),
          Map.entry(SqlKind.EXCEPT, "EXCEPT"),
          Map.entry(SqlKind.ROLLUP, "ROLLUP"),
          Map.entry(SqlKind.CUBE, "CUBE"),
          Map.entry(SqlKind.GROUPING_SETS, "GROUPING SETS"),
          Map.entry(SqlKind.TABLE_REF, "a hint"),
          Map.entry(SqlKind.WITHIN_GROUP, "WITHIN GROUP"));

  private static final Map<SqlKind, String> QUERIES_IN_EXPRESSIONS =
      Map.of(
          SqlKind.EXISTS, "EXISTS (query)",
          SqlKind.SELECT, "a query inside an expression",
          SqlKind.ORDER_BY, "a query inside an expression",
          SqlKind.UNION, "a query inside an expression",
          SqlKind.VALUES, "a query inside an expression");

  private static final Set<JoinType> JOINS =
      Set.of(JoinType.INNER, JoinType.LEFT, JoinType.RIGHT, JoinType.CROSS, JoinType.COMMA);

  private static final Set<String> GROUP_WINDOWS = Set.of("TUMBLE", "HOP", "SESSION");

  private final Statement statement;

  /** Within a value, as opposed to a table. */
  private final boolean inExpression;

  private Refusals(Statement statement, boolean inExpression) {
    this.statement = statement;
    this.inExpression = inExpression;
  }

  static void check(SqlNode query, Statement statement) {
    query.accept(new Refusals(statement, false));
  }

  @Override
  public Void visit(SqlCall call) {
    String refused = KINDS.get(call.getKind());
    if (refused != null) {
      throw refuse(call, refused);
    }
    if (inExpression) {
      refuseInExpression(call);
    } else if (call instanceof SqlSelect select) {
      return select(select);
    } else if (call instanceof SqlOrderBy order) {
      throw refuse(call, order.orderList.isEmpty() ? "LIMIT" : "ORDER BY");
    } else if (call instanceof SqlJoin join) {
      return join(join);
    } else if (isFunction(call, "SESSION")) {
      throw refuse(call, "SESSION");
    }
    return super.visit(call);
  }

  private Void select(SqlSelect select) {
    refuseIfAny(select.getWindowList(), "WINDOW");
    refuseIfAny(select.getHints(), "a hint");
    if (select.getQualify() != null) {
      throw refuse(select.getQualify(), "QUALIFY");
    }
    Refusals values = new Refusals(statement, true);
    select.getSelectList().accept(values);
    accept(select.getWhere(), values);
    accept(select.getGroup(), values);
    accept(select.getHaving(), values);
    accept(select.getFrom(), this);
    return null;
  }

  private Void join(SqlJoin join) {
    if (!JOINS.contains(join.getJoinType())) {
      throw refuse(join.getJoinTypeNode(), join.getJoinType() + " JOIN");
    }
    join.getLeft().accept(this);
    join.getRight().accept(this);
    accept(join.getCondition(), new Refusals(statement, true));
    return null;
  }

  private void refuseInExpression(SqlCall call) {
    String query = QUERIES_IN_EXPRESSIONS.get(call.getKind());
    if (query != null) {
      throw SqlErrors.unsupported(statement.at(call), query, "write it as a join");
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT).replace("$", "");
    int suffix = name.indexOf('_');
    String window = suffix < 0 ? name : name.substring(0, suffix);
    if (call.getOperator() instanceof SqlFunction && GROUP_WINDOWS.contains(window)) {
      throw SqlErrors.unsupported(
          statement.at(call),
          "the group window function " + name,
          "use the table function: FROM TABLE(" + window + "(TABLE …, DESCRIPTOR(…), …))");
    }
  }

  private static boolean isFunction(SqlCall call, String name) {
    return call.getOperator() instanceof SqlFunction function
        && function.getName().equalsIgnoreCase(name);
  }

  private void refuseIfAny(SqlNodeList list, String what) {
    if (list != null && !list.isEmpty()) {
      throw refuse(list, what);
    }
  }

  private static void accept(SqlNode node, Refusals visitor) {
    if (node != null) {
      node.accept(visitor);
    }
  }

  private MillraceException refuse(SqlNode node, String what) {
    return SqlErrors.unsupported(statement.at(node), what);
  }
}
