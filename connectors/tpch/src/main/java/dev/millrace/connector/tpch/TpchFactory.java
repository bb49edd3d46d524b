// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.tpch;

import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import io.trino.tpch.TpchTable;
import java.util.Optional;
import java.util.Set;

/** {@code 'connector' = 'tpch'}: TPC-H's tables as sources. */
public final class TpchFactory implements SourceFactory {
  static final String IDENTIFIER = "tpch";
  static final ConfigOption<String> TABLE =
      ConfigOption.string(
          "table", "customer, orders, lineitem, part, partsupp, supplier, nation or region.");
  static final ConfigOption<Double> SCALE_FACTOR =
      ConfigOption.decimal("scale-factor", "1 is 1.5 million orders, some 6 million line items.")
          .defaultTo(0.01);
  static final ConfigOption<Double> ROWS_PER_SECOND =
      ConfigOption.decimal("rows-per-second", "How fast rows come; without it, at full speed.");
  static final ConfigOption<Long> START_ROW =
      ConfigOption.bigint("start-row", "How many rows to leave out at the start.").defaultTo(0L);

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(TABLE);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(SCALE_FACTOR, ROWS_PER_SECOND, START_ROW);
  }

  @Override
  public TableSource source(TableContext table) {
    Options options = table.options();
    Optional<Double> rate = options.find(ROWS_PER_SECOND);
    rate.ifPresent(rows -> checkPositive(ROWS_PER_SECOND, rows));
    double scale = options.get(SCALE_FACTOR);
    checkPositive(SCALE_FACTOR, scale);
    if (options.get(START_ROW) < 0) {
      throw TpchErrors.negative(START_ROW.key(), options.get(START_ROW));
    }
    return source(table, tpchTable(options.get(TABLE)), scale, rate);
  }

  private static <E extends io.trino.tpch.TpchEntity> TableSource source(
      TableContext table, TpchTable<E> tpch, double scale, Optional<Double> rate) {
    TpchCell.of(tpch, table.schema()); // finds what does not fit
    return new TpchSource<>(tpch, table.schema(), scale, rate, table.options().get(START_ROW));
  }

  private static TpchTable<?> tpchTable(String name) {
    return TpchTable.getTables().stream()
        .filter(table -> table.getTableName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                TpchErrors.unknownTable(
                    name, TpchTable.getTables().stream().map(TpchTable::getTableName).toList()));
  }

  private static void checkPositive(ConfigOption<?> option, double value) {
    if (!(value > 0)) {
      throw TpchErrors.notPositive(option.key(), value);
    }
  }
}
