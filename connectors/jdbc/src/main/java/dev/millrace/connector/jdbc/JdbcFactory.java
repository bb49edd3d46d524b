// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.LookupOptions;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code 'connector' = 'jdbc'}. */
public final class JdbcFactory implements SourceFactory, SinkFactory {
  @Override
  public String identifier() {
    return "jdbc";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return JdbcOptions.REQUIRED;
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return JdbcOptions.OPTIONAL;
  }

  @Override
  public TableSource source(TableContext table) {
    checkTypes(table);
    Options options = table.options();
    return new JdbcSource(
        Address.of(table),
        options.get(JdbcOptions.TABLE_NAME),
        table.schema(),
        IntStream.range(0, table.schema().size()).boxed().toList(),
        atLeastZero(table, JdbcOptions.SCAN_FETCH_SIZE),
        options.get(JdbcOptions.SCAN_AUTO_COMMIT),
        bounds(table),
        LookupOptions.caching(options),
        atLeastZero(table, JdbcOptions.LOOKUP_MAX_RETRIES));
  }

  @Override
  public TableSink sink(TableContext table) {
    checkTypes(table);
    return new JdbcSink(
        Address.of(table),
        table.options().get(JdbcOptions.TABLE_NAME),
        table.schema(),
        keyNames(table),
        additiveColumns(table),
        atLeastZero(table, JdbcOptions.SINK_MAX_ROWS),
        table.options().get(JdbcOptions.SINK_INTERVAL),
        atLeastZero(table, JdbcOptions.SINK_MAX_RETRIES));
  }

  private static void checkTypes(TableContext table) {
    RowType schema = table.schema();
    for (int i = 0; i < schema.size(); i++) {
      TypeRoot root = schema.type(i).root();
      boolean served = false;
      for (Kind kind : Kind.values()) {
        served |= kind.serves(root);
      }
      if (!served) {
        throw JdbcErrors.unsupportedType(table.name(), schema.name(i), schema.type(i));
      }
    }
  }

  private static int atLeastZero(TableContext table, ConfigOption<Integer> option) {
    int value = table.options().get(option);
    if (value < 0) {
      throw JdbcErrors.outOfRange(table.name(), option.key(), value);
    }
    return value;
  }

  private static ScanBounds bounds(TableContext table) {
    Options options = table.options();
    long given =
        Stream.of(
                JdbcOptions.SCAN_PARTITION_COLUMN,
                JdbcOptions.SCAN_PARTITION_NUM,
                JdbcOptions.SCAN_PARTITION_LOWER_BOUND,
                JdbcOptions.SCAN_PARTITION_UPPER_BOUND)
            .filter(option -> options.find(option).isPresent())
            .count();
    if (given == 0) {
      return null;
    }
    if (given < 4) {
      throw JdbcErrors.incompletePartition(table.name());
    }
    String column = options.get(JdbcOptions.SCAN_PARTITION_COLUMN);
    int position = table.schema().indexOf(column);
    if (position < 0) {
      throw JdbcErrors.unknownColumnInOption(
          table.name(), JdbcOptions.SCAN_PARTITION_COLUMN.key(), column, table.schema().names());
    }
    DataType type = table.schema().type(position);
    if (!type.root().isNumeric()) {
      throw JdbcErrors.outOfRange(
          table.name(), JdbcOptions.SCAN_PARTITION_COLUMN.key(), "of type " + type);
    }
    return new ScanBounds(
        position,
        options.get(JdbcOptions.SCAN_PARTITION_LOWER_BOUND),
        options.get(JdbcOptions.SCAN_PARTITION_UPPER_BOUND));
  }

  private static List<String> keyNames(TableContext table) {
    return Arrays.stream(table.primaryKey())
        .mapToObj(position -> table.schema().name(position))
        .toList();
  }

  private static Set<String> additiveColumns(TableContext table) {
    List<String> names = table.options().get(JdbcOptions.SINK_ADDITIVE_COLUMNS);
    if (!names.isEmpty() && table.primaryKey().length == 0) {
      throw JdbcErrors.additiveWithoutKey(table.name());
    }
    for (String name : names) {
      int position = table.schema().indexOf(name);
      if (position < 0) {
        throw JdbcErrors.unknownColumnInOption(
            table.name(), JdbcOptions.SINK_ADDITIVE_COLUMNS.key(), name, table.schema().names());
      }
      DataType type = table.schema().type(position);
      if (!type.root().isNumeric()) {
        throw JdbcErrors.notAdditive(table.name(), name, "of type " + type);
      }
      if (keyNames(table).contains(name)) {
        throw JdbcErrors.notAdditive(table.name(), name, "part of the primary key");
      }
    }
    return Set.copyOf(names);
  }
}
