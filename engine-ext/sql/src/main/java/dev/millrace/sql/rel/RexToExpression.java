// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.function.ConditionalFunctions;
import dev.millrace.sql.function.Functions;
import dev.millrace.sql.function.Mapping;
import dev.millrace.sql.function.StringFunctions;
import dev.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;

/** Calcite's row expressions as the plan's, every coercion made explicit. */
final class RexToExpression extends RexVisitorImpl<Expression> {
  private final RexBuilder rexBuilder;
  private final RowType input;

  RexToExpression(RexBuilder rexBuilder, RowType input) {
    super(false);
    this.rexBuilder = rexBuilder;
    this.input = input;
  }

  Expression convert(RexNode node) {
    Expression converted = node.accept(this);
    if (converted == null) {
      throw new Unplannable("expression " + node.getKind());
    }
    return converted;
  }

  List<Expression> convert(List<? extends RexNode> nodes) {
    List<Expression> converted = new ArrayList<>(nodes.size());
    nodes.forEach(node -> converted.add(convert(node)));
    return converted;
  }

  @Override
  public Expression visitInputRef(RexInputRef ref) {
    return new Expression.Input(ref.getIndex(), input.type(ref.getIndex()));
  }

  @Override
  public Expression visitLiteral(RexLiteral literal) {
    return Literals.convert(literal);
  }

  @Override
  public Expression visitOver(RexOver over) {
    throw new Unplannable("OVER");
  }

  @Override
  public Expression visitSubQuery(RexSubQuery subQuery) {
    throw new Unplannable("a query inside an expression", "write it as a join");
  }

  @Override
  public Expression visitCall(RexCall call) {
    if (call.getKind() == SqlKind.CAST) {
      return cast(call, false);
    }
    if (call.getOperator() == ConditionalFunctions.TRY_CAST) {
      return cast(call, true);
    }
    if (call.getKind() == SqlKind.CASE || call.getOperator() == ConditionalFunctions.IF) {
      return conditional(call);
    }
    if (call.getKind() == SqlKind.SEARCH) {
      return convert(RexUtil.expandSearch(rexBuilder, null, call));
    }
    if (call.getOperator() == StringFunctions.SHA2) {
      return hash(call);
    }
    Mapping mapping =
        Functions.instance()
            .find(call.getOperator())
            .orElseThrow(() -> new Unplannable("function " + call.getOperator().getName()));
    return function(call, mapping);
  }

  private Expression function(RexCall call, Mapping mapping) {
    DataType type = Types.toPlan(call.getType());
    List<Expression> arguments =
        Arguments.coerce(convert(call.getOperands()), mapping.coercion(), type);
    boolean moments =
        mapping.function() == Function.MINUS
            && Arguments.isMoment(arguments.get(0))
            && Arguments.isMoment(arguments.get(1));
    if (moments) {
      throw new Unplannable("the difference of two times", "use TIMESTAMPDIFF");
    }
    return new Expression.Call(mapping.function(), arguments, type);
  }

  /** {@code SHA2(text, bits)}: the function of that many bits. */
  private Expression hash(RexCall call) {
    DataType type = Types.toPlan(call.getType());
    int bits =
        call.getOperands().get(1) instanceof RexLiteral literal && !literal.isNull()
            ? RexLiteral.intValue(literal)
            : 0;
    Function function =
        switch (bits) {
          case 224 -> Function.SHA224;
          case 256 -> Function.SHA256;
          case 384 -> Function.SHA384;
          case 512 -> Function.SHA512;
          default -> throw new Unplannable("SHA2 but for 224, 256, 384 or 512 bits");
        };
    return new Expression.Call(function, List.of(convert(call.getOperands().get(0))), type);
  }

  private Expression cast(RexCall call, boolean lenient) {
    Expression value = convert(call.getOperands().get(0));
    DataType type = Types.toPlan(call.getType());
    if (value.type().withNullable(true).equals(type.withNullable(true))) {
      return value;
    }
    if (value instanceof Expression.Literal literal && literal.value() == null) {
      return new Expression.Literal(null, type.withNullable(true));
    }
    return new Expression.Cast(value, type, lenient);
  }

  private Expression conditional(RexCall call) {
    DataType type = Types.toPlan(call.getType());
    List<RexNode> operands = call.getOperands();
    List<Expression> conditions = new ArrayList<>();
    List<Expression> results = new ArrayList<>();
    for (int i = 0; i < operands.size() - 1; i += 2) {
      conditions.add(convert(operands.get(i)));
      results.add(Casts.implicit(convert(operands.get(i + 1)), type));
    }
    Expression otherwise = convert(operands.get(operands.size() - 1));
    return new Expression.Case(conditions, results, Casts.implicit(otherwise, type), type);
  }
}
