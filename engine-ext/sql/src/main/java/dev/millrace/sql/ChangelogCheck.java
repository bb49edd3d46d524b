// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.error.Location;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.sql.catalog.Declaration;
import dev.millrace.sql.error.SqlErrors;

/** A sink gets no kind of change it does not take. */
final class ChangelogCheck {
  private ChangelogCheck() {}

  static void check(Declaration table, TableSink sink, PlanNode query, Location at) {
    if (query.changelogMode() == ChangelogMode.INSERT_ONLY) {
      return;
    }
    switch (sink.accepts()) {
      case INSERT_ONLY ->
          throw SqlErrors.updatesRefused(at, table.name(), culprit(query).describe());
      case UPSERT -> {
        if (table.primaryKey().isEmpty()) {
          throw SqlErrors.upsertWithoutKey(at, table.name());
        }
      }
      case ALL -> {}
    }
  }

  /** The lowest node whose output is updated while its inputs are not. */
  private static PlanNode culprit(PlanNode node) {
    return node.inputs().stream()
        .filter(input -> input.changelogMode() != ChangelogMode.INSERT_ONLY)
        .findFirst()
        .map(ChangelogCheck::culprit)
        .orElse(node);
  }
}
