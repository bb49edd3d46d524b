// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import dev.millrace.sql.type.CommonType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;

/**
 * A join's condition, taken apart.
 *
 * @param left keys over the left columns
 * @param right keys over the right columns, pair by pair of the left one's type
 * @param rest what else must hold, over left columns then right ones
 */
record JoinKeys(List<Expression> left, List<Expression> right, List<Expression> rest) {

  static JoinKeys split(RexNode condition, RexToExpression expressions, int leftCount) {
    JoinKeys keys = new JoinKeys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      Expression converted = expressions.convert(conjunct);
      if (!keys.addKey(converted, leftCount)) {
        keys.rest.add(converted);
      }
    }
    return keys;
  }

  private boolean addKey(Expression condition, int leftCount) {
    if (!(condition instanceof Expression.Call call) || call.function() != Function.EQUALS) {
      return false;
    }
    Expression first = call.arguments().get(0);
    Expression second = call.arguments().get(1);
    if (isLeft(first, leftCount) && isRight(second, leftCount)) {
      return addPair(first, second, leftCount);
    }
    return isLeft(second, leftCount)
        && isRight(first, leftCount)
        && addPair(second, first, leftCount);
  }

  private boolean addPair(Expression leftKey, Expression rightKey, int leftCount) {
    Optional<DataType> common = CommonType.of(leftKey.type(), rightKey.type());
    if (common.isEmpty()) {
      return false;
    }
    left.add(toKey(leftKey, common.get()));
    right.add(
        toKey(
            Expressions.mapInputs(
                rightKey, input -> new Expression.Input(input.column() - leftCount, input.type())),
            common.get()));
    return true;
  }

  /** Strings of any length, and times of any precision, are equal by value as they are. */
  private static Expression toKey(Expression key, DataType common) {
    boolean asIs =
        key.type().root() == common.root() && !common.root().isNumeric()
            || key.type().root().isCharacter() && common.root().isCharacter();
    return asIs ? key : Casts.implicit(key, common);
  }

  private static boolean isLeft(Expression expression, int leftCount) {
    return isWithin(expression, 0, leftCount);
  }

  private static boolean isRight(Expression expression, int leftCount) {
    return isWithin(expression, leftCount, Integer.MAX_VALUE);
  }

  private static boolean isWithin(Expression expression, int from, int to) {
    List<Integer> columns = List.copyOf(Expressions.inputs(expression));
    return !columns.isEmpty() && columns.stream().allMatch(c -> c >= from && c < to);
  }

  /** The rest as one condition, its columns moved as {@code mapping} says. */
  Optional<Expression> rest(IntUnaryOperator mapping) {
    List<Expression> moved =
        rest.stream()
            .map(
                condition ->
                    Expressions.mapInputs(
                        condition,
                        input ->
                            new Expression.Input(mapping.applyAsInt(input.column()), input.type())))
            .toList();
    if (moved.size() < 2) {
      return moved.stream().findFirst();
    }
    boolean nullable = moved.stream().anyMatch(condition -> condition.type().nullable());
    return Optional.of(
        new Expression.Call(Function.AND, moved, DataType.BOOLEAN.withNullable(nullable)));
  }
}
