// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.script;

import dev.millrace.sql.error.SqlErrors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Bounds the depth of a syntax tree before anything recurses over it. */
final class Nesting {
  /** Beyond what people write; a chain of that many operators is as deep as it is long. */
  private static final int MAX_DEPTH = 2_000;

  private Nesting() {}

  private record Visit(SqlNode node, int depth) {}

  /**
   * @throws dev.millrace.spi.error.MillraceException if the tree is deeper
   */
  static SqlNode check(SqlNode root, Statement statement) {
    Deque<Visit> open = new ArrayDeque<>();
    open.push(new Visit(root, 1));
    while (!open.isEmpty()) {
      Visit visit = open.pop();
      if (visit.depth() > MAX_DEPTH) {
        throw SqlErrors.tooDeep(statement.start());
      }
      Iterable<SqlNode> children = children(visit.node());
      for (SqlNode child : children) {
        if (child != null) {
          open.push(new Visit(child, visit.depth() + 1));
        }
      }
    }
    return root;
  }

  private static Iterable<SqlNode> children(SqlNode node) {
    if (node instanceof SqlNodeList list) {
      return list.getList();
    }
    return node instanceof SqlCall call ? call.getOperandList() : List.of();
  }
}
