// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.node.PlanNode;
import org.apache.calcite.rel.core.TableFunctionScan;

final class WindowConversion {
  private WindowConversion() {}

  static PlanNode convert(TableFunctionScan window, PlanNode input) {
    throw new Unplannable("Window");
  }
}
