// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import dev.millrace.sql.function.Coercion;
import dev.millrace.sql.type.CommonType;
import java.util.List;

/** Converts arguments to the types a function computes in. */
final class Arguments {
  private Arguments() {}

  static List<Expression> coerce(List<Expression> arguments, Coercion coercion, DataType result) {
    return switch (coercion) {
      case NONE -> arguments;
      case COMPARED -> compared(arguments);
      case DOUBLE -> each(arguments, TypeRoot::isNumeric, DataType.DOUBLE);
      case INT -> each(arguments, TypeRoot::isInteger, DataType.INT);
      case BIGINT -> each(arguments, TypeRoot::isInteger, DataType.BIGINT);
      case RESULT -> arguments.stream().map(argument -> Casts.implicit(argument, result)).toList();
    };
  }

  private interface RootTest {
    boolean test(TypeRoot root);
  }

  private static List<Expression> each(List<Expression> arguments, RootTest test, DataType type) {
    return arguments.stream()
        .map(
            argument ->
                test.test(argument.type().root()) ? Casts.implicit(argument, type) : argument)
        .toList();
  }

  private static List<Expression> compared(List<Expression> arguments) {
    DataType common = arguments.get(0).type();
    for (Expression argument : arguments) {
      DataType other = argument.type();
      DataType left = common;
      common =
          CommonType.of(left, other)
              .orElseThrow(() -> new Unplannable("comparing %s with %s".formatted(left, other)));
    }
    DataType type = common;
    return arguments.stream().map(argument -> comparable(argument, type)).toList();
  }

  private static Expression comparable(Expression argument, DataType common) {
    TypeRoot root = argument.type().root();
    boolean same =
        root == common.root()
            || (root.isCharacter() && common.root().isCharacter())
            || (root.isBytes() && common.root().isBytes());
    if (same) {
      return argument;
    }
    boolean exact = common.root() == TypeRoot.DECIMAL && root.isInteger();
    return Casts.implicit(argument, exact ? CommonType.asDecimal(argument.type()) : common);
  }

  static boolean isMoment(Expression argument) {
    return switch (argument.type().root()) {
      case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> true;
      default -> false;
    };
  }
}
