// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import org.apache.calcite.rel.RelNode;

/** The optimisations, in order. */
final class Passes {
  private Passes() {}

  static RelNode optimise(RelNode query) {
    return query;
  }
}
