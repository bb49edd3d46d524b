// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan.expression;

import dev.millrace.spi.type.DataType;
import java.util.List;

/**
 * One aggregate over the rows of a group.
 *
 * @param arguments columns of the input; empty for {@code COUNT(*)}
 * @param distinct each value counts once per group
 * @param filter a BOOLEAN column of the input that must be TRUE for a row to count; -1 for none
 * @param type of the result
 */
public record AggregateCall(
    AggregateFunction function,
    List<Integer> arguments,
    boolean distinct,
    int filter,
    DataType type) {
  public AggregateCall {
    arguments = List.copyOf(arguments);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(function.name()).append('(');
    if (distinct) {
      text.append("DISTINCT ");
    }
    if (arguments.isEmpty()) {
      text.append('*');
    }
    for (int i = 0; i < arguments.size(); i++) {
      text.append(i > 0 ? ", $" : "$").append(arguments.get(i));
    }
    text.append(')');
    return filter < 0 ? text.toString() : text.append(" FILTER $").append(filter).toString();
  }
}
