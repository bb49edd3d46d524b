// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import dev.millrace.sql.function.Coercion;
import dev.millrace.sql.type.CommonType;
import java.util.ArrayList;
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
      case ENTRIES -> entries(arguments, result);
      case KEY -> List.of(arguments.get(0), key(arguments.get(1), arguments.get(0).type()));
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

  private static List<Expression> entries(List<Expression> arguments, DataType map) {
    List<Expression> cells = new ArrayList<>();
    for (Expression argument : arguments) {
      cells.add(Casts.implicit(argument, map.parts().get(cells.size() % 2)));
    }
    return cells;
  }

  /** A key to look for: as it is where it equals keys as they are held. */
  private static Expression key(Expression key, DataType map) {
    DataType type = map.key();
    DataType from = key.type();
    if (CommonType.areHeldAlike(type, from)) {
      return key;
    }
    Expression cast = Casts.implicit(key, type);
    boolean exact = from.root().isExactNumeric() && from.scale() <= type.scale();
    boolean fits = type.root() != TypeRoot.DECIMAL || exact || cast instanceof Expression.Literal;
    if (!fits || !ImplicitCasts.allows(from, type)) {
      throw new Unplannable("a key of type %s for %s".formatted(from, map), "cast the key");
    }
    return cast;
  }

  static boolean isMoment(Expression argument) {
    return switch (argument.type().root()) {
      case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> true;
      default -> false;
    };
  }
}
