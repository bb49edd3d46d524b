// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import org.apache.calcite.rel.RelNode;

/** Counts the nodes of a query as a tree; views used twice count twice, and so may multiply. */
final class TreeSize {
  private TreeSize() {}

  static boolean exceeds(RelNode query, int limit) {
    return count(query, 0, limit) > limit;
  }

  /** Counts on from {@code counted}, no further than needed. */
  private static int count(RelNode node, int counted, int limit) {
    int count = counted + 1;
    for (RelNode input : node.getInputs()) {
      if (count > limit) {
        break;
      }
      count = count(input, count, limit);
    }
    return count;
  }
}
