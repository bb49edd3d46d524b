// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.node.PlanNode;
import org.apache.calcite.rel.core.Join;

final class JoinConversion {
  private JoinConversion() {}

  static PlanNode convert(Join join, PlanNode left, PlanNode right) {
    throw new Unplannable("JOIN");
  }
}
