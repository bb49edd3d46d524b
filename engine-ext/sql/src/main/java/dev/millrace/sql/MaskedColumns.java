// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.spi.error.Location;
import dev.millrace.spi.type.Column;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.Declaration;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.type.FlinkTypeFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelColumnOrigin;

/**
 * Follows masked columns: a column of a written table that is computed from one is masked, too.
 * Where a query does not tell what a column comes from, it counts as coming from all it reads.
 */
final class MaskedColumns {
  private final Catalog catalog;
  private final Location at;
  private final Set<String> masked = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * What an INSERT writes.
   *
   * @param targets positions in the written columns, by column of the query
   */
  record Written(Declaration into, List<Integer> targets, RelNode query) {}

  private MaskedColumns(Catalog catalog, Location at) {
    this.catalog = catalog;
    this.at = at;
  }

  /**
   * All masked columns of a script, as SET takes them.
   *
   * @param set as the script says
   * @param at where it says so
   */
  static String follow(String set, Location at, Catalog catalog, List<Written> written) {
    MaskedColumns columns = new MaskedColumns(catalog, at);
    for (String column : set.split(",")) {
      columns.add(column.strip());
    }
    int before;
    do {
      // what one statement writes another may read
      before = columns.masked.size();
      written.forEach(columns::addComputed);
    } while (columns.masked.size() > before);
    return String.join(",", columns.masked);
  }

  private void add(String column) {
    int dot = column.lastIndexOf('.');
    String table = column.substring(0, dot).strip();
    String name = column.substring(dot + 1).strip();
    List<String> known =
        catalog
            .findIgnoringCase(table)
            .orElseThrow(() -> SqlErrors.notDeclared(at, table))
            .getRowType(new FlinkTypeFactory())
            .getFieldNames();
    if (known.stream().noneMatch(name::equalsIgnoreCase)) {
      throw SqlErrors.declaration(
          at, "table '%s' has no column '%s' to mask; it has %s".formatted(table, name, known));
    }
    masked.add(table + '.' + name);
  }

  private void addComputed(Written written) {
    if (!readsMasked(written.query())) {
      return;
    }
    List<Column> columns = written.into().writeType().columns();
    for (int i = 0; i < written.targets().size(); i++) {
      Set<RelColumnOrigin> origins =
          written.query().getCluster().getMetadataQuery().getColumnOrigins(written.query(), i);
      if (origins == null || origins.stream().anyMatch(this::isMasked)) {
        masked.add(written.into().name() + '.' + columns.get(written.targets().get(i)).name());
      }
    }
  }

  private boolean isMasked(RelColumnOrigin origin) {
    RelOptTable table = origin.getOriginTable();
    return masked.contains(
        name(table)
            + '.'
            + table.getRowType().getFieldNames().get(origin.getOriginColumnOrdinal()));
  }

  private static String name(RelOptTable table) {
    List<String> path = table.getQualifiedName();
    return path.get(path.size() - 1);
  }

  private boolean readsMasked(RelNode query) {
    boolean[] reads = {false};
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, RelNode parent) {
        if (node instanceof TableScan scan) {
          String prefix = name(scan.getTable()) + '.';
          reads[0] |=
              masked.stream()
                  .anyMatch(column -> column.regionMatches(true, 0, prefix, 0, prefix.length()));
        }
        super.visit(node, ordinal, parent);
      }
    }.go(query);
    return reads[0];
  }
}
