// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.tpch;

import dev.millrace.spi.connector.AddressedSource;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.ProjectableSource;
import dev.millrace.spi.connector.RowRate;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.type.RowType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.util.Map;
import java.util.Optional;

/** A TPC-H table from a row on, at a rate if there is one. */
record TpchSource<E extends TpchEntity>(
    TpchTable<E> table,
    RowType schema,
    double scaleFactor,
    Optional<Double> rowsPerSecond,
    long startRow)
    implements ProjectableSource, AddressedSource {
  @Override
  public Map<String, String> address() {
    return Map.of(
        "connector",
        TpchFactory.IDENTIFIER,
        TpchFactory.TABLE.key(),
        table.getTableName(),
        TpchFactory.SCALE_FACTOR.key(),
        Double.toString(scaleFactor));
  }

  @Override
  public Boundedness boundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public Optional<TableSource> project(int[] columns) {
    return Optional.of(
        new TpchSource<>(table, schema.select(columns), scaleFactor, rowsPerSecond, startRow));
  }

  @Override
  public RowSource open(SourceContext context) {
    double rate = rowsPerSecond.orElse(Double.POSITIVE_INFINITY);
    return new TpchRows<>(
        table.createGenerator(scaleFactor, 1, 1).iterator(),
        TpchCell.of(table, schema),
        new RowRate(context.readsAgain() ? Double.POSITIVE_INFINITY : rate, System::nanoTime),
        startRow);
  }
}
