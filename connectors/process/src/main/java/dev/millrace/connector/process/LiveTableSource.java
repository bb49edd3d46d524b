// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.LiveTables;
import dev.millrace.spi.connector.LookupTable;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.RowType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows that are committed when it is opened, or those with a key that are committed when it is
 * asked.
 */
record LiveTableSource(RowType schema, String name, int[] key) implements LookupTable {
  @Override
  public Boundedness boundedness() {
    return Boundedness.BOUNDED;
  }

  private LiveTables tables(Services services) {
    return services
        .find(LiveTables.class)
        .orElseThrow(() -> ProcessErrors.noEngine(LiveTableFactory.IDENTIFIER));
  }

  private LiveTables.Name table(Services services) {
    return new LiveTables.Name(Origin.of(services).tenant().orElse(""), name);
  }

  @Override
  public RowSource open(SourceContext context) throws SQLException {
    return new Snapshot(tables(context.services()).scan(table(context.services())), name, context);
  }

  private record Snapshot(LiveTables.Rows rows, String name, SourceContext context)
      implements RowSource {
    @Override
    public Status poll(RowBatch batch) throws SQLException {
      while (!batch.isFull()) {
        Map<String, Object> row = rows.next();
        if (row == null) {
          return Status.END;
        }
        try {
          Cells.append(batch, row);
        } catch (MillraceException e) {
          context.deadLetter(row.toString(), name, e);
        }
      }
      return Status.MORE;
    }

    @Override
    public void close() throws SQLException {
      rows.close();
    }
  }

  /** Only by the whole key, which is what the table is found by. */
  @Override
  public RowLookup openLookup(int[] keyColumns, SourceContext context) {
    int[] asked = keyColumns.clone();
    int[] whole = key.clone();
    Arrays.sort(asked);
    Arrays.sort(whole);
    if (!Arrays.equals(asked, whole)) {
      throw ProcessErrors.lookupByKeyOnly(
          name, Arrays.stream(key).mapToObj(index -> schema.columns().get(index).name()).toList());
    }
    return new ByKey(
        tables(context.services()), table(context.services()), order(keyColumns), context);
  }

  /** Where in the asked columns each column of the key is. */
  private int[] order(int[] keyColumns) {
    List<Integer> asked = Arrays.stream(keyColumns).boxed().toList();
    return Arrays.stream(key).map(asked::indexOf).toArray();
  }

  private final class ByKey implements RowLookup {
    private final LiveTables tables;
    private final LiveTables.Name table;
    private final int[] order;
    private final SourceContext context;
    private final RowBatch converted = new RowBatch(schema);

    ByKey(LiveTables tables, LiveTables.Name table, int[] order, SourceContext context) {
      this.tables = tables;
      this.table = table;
      this.order = order;
      this.context = context;
    }

    @Override
    public Iterable<Object[]> lookup(RowBatch keys, int row) throws SQLException {
      List<Object> values = new ArrayList<>(order.length);
      for (int position : order) {
        values.add(RowValues.get(keys, row, position));
      }
      Optional<Map<String, Object>> found = tables.find(table, LiveTables.key(values));
      if (found.isEmpty()) {
        return List.of();
      }
      converted.clear();
      try {
        Cells.append(converted, found.get());
      } catch (MillraceException e) {
        context.deadLetter(found.get().toString(), name, e);
        return List.of();
      }
      Object[] cells = new Object[schema.columns().size()];
      Arrays.setAll(cells, column -> RowValues.get(converted, 0, column));
      return List.<Object[]>of(cells);
    }
  }
}
