// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import dev.millrace.sql.script.Statement;
import org.apache.calcite.sql.SqlNode;

/** Names what of Flink SQL is not supported, where it stands. */
final class Refusals {
  private Refusals() {}

  static void check(SqlNode query, Statement statement) {}
}
