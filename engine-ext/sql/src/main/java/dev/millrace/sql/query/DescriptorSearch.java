// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Finds where a window names its time column. */
final class DescriptorSearch extends SqlBasicVisitor<Void> {
  private final String column;
  private SqlNode found;

  private DescriptorSearch(String column) {
    this.column = column;
  }

  static Optional<SqlNode> find(SqlNode query, String column) {
    DescriptorSearch search = new DescriptorSearch(column);
    query.accept(search);
    return Optional.ofNullable(search.found);
  }

  @Override
  public Void visit(SqlCall call) {
    if (call.getKind() == SqlKind.DESCRIPTOR && call.operand(0).toString().equals(column)) {
      found = call.operand(0);
    }
    return super.visit(call);
  }
}
