// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.node.PlanNode;
import org.apache.calcite.rel.core.Correlate;

final class LookupJoinConversion {
  private LookupJoinConversion() {}

  static PlanNode convert(Correlate join, PlanNode input) {
    throw new Unplannable("LookupJoin");
  }
}
