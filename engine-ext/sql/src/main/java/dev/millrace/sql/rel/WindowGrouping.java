// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.type.RowType;
import java.util.List;
import java.util.Optional;

final class WindowGrouping {
  private WindowGrouping() {}

  static Optional<PlanNode> convert(
      PlanNode input, List<Integer> keys, List<AggregateCall> calls, RowType type) {
    return Optional.empty();
  }
}
