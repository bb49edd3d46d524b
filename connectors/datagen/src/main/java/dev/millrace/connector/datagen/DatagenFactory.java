// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.datagen;

import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.RowType;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code 'connector' = 'datagen'}, with Flink's options. */
public final class DatagenFactory implements SourceFactory {
  static final String IDENTIFIER = "datagen";

  /** How the values of a column are made. */
  enum Kind {
    RANDOM,
    SEQUENCE
  }

  static final ConfigOption<Long> ROWS_PER_SECOND =
      ConfigOption.bigint("rows-per-second", "How fast rows are made.").defaultTo(10_000L);
  static final ConfigOption<Long> NUMBER_OF_ROWS =
      ConfigOption.bigint("number-of-rows", "How many rows are made; without it, no end.");
  static final ConfigOption<Kind> KIND =
      ConfigOption.oneOf("fields.#.kind", Kind.class, "How the column's values are made.")
          .defaultTo(Kind.RANDOM);
  static final ConfigOption<String> MIN =
      ConfigOption.string("fields.#.min", "Smallest random number; by default the type's.");
  static final ConfigOption<String> MAX =
      ConfigOption.string("fields.#.max", "Largest random number; by default the type's.");
  static final ConfigOption<Duration> MAX_PAST =
      ConfigOption.duration("fields.#.max-past", "How far random timestamps lie behind the clock.")
          .defaultTo(Duration.ZERO);
  static final ConfigOption<Integer> LENGTH =
      ConfigOption.integer(
          "fields.#.length", "Length of random text and bytes; by default the type's, or 100.");
  static final ConfigOption<Boolean> VAR_LEN =
      ConfigOption.bool("fields.#.var-len", "Lengths vary from 1 to 'length'.").defaultTo(false);
  static final ConfigOption<Long> START =
      ConfigOption.bigint("fields.#.start", "First value of a sequence.");
  static final ConfigOption<Long> END =
      ConfigOption.bigint("fields.#.end", "Last value of a sequence; the source ends after it.");
  static final ConfigOption<Double> NULL_RATE =
      ConfigOption.decimal("fields.#.null-rate", "Share of NULL among random values, 0 to 1.")
          .defaultTo(0.0);

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(
        ROWS_PER_SECOND,
        NUMBER_OF_ROWS,
        KIND,
        MIN,
        MAX,
        MAX_PAST,
        LENGTH,
        VAR_LEN,
        START,
        END,
        NULL_RATE);
  }

  @Override
  public TableSource source(TableContext table) {
    Options options = table.options();
    checkFieldKeys(table.schema(), options);
    long rows = nonNegative(options, NUMBER_OF_ROWS, Long.MAX_VALUE);
    if (options.get(ROWS_PER_SECOND) < 1) {
      throw DatagenErrors.badValue(
          ROWS_PER_SECOND.key(), options.values().get(ROWS_PER_SECOND.key()), "at least 1");
    }
    Clock clock = table.services().find(Clock.class).orElse(Clock.systemUTC());
    List<FieldGenerator> generators = new ArrayList<>();
    for (Column column : table.schema().columns()) {
      if (options.get(KIND.of(column.name())) == Kind.SEQUENCE) {
        SequenceField sequence = SequenceField.of(column, options);
        rows = Math.min(rows, sequence.rowCount());
        generators.add(sequence);
      } else {
        generators.add(RandomFields.of(column, options, clock));
      }
    }
    return new DatagenSource(List.copyOf(generators), rows, options.get(ROWS_PER_SECOND));
  }

  private static long nonNegative(Options options, ConfigOption<Long> option, long otherwise) {
    long value = options.find(option).orElse(otherwise);
    if (value < 0) {
      throw DatagenErrors.badValue(option.key(), String.valueOf(value), "at least 0");
    }
    return value;
  }

  /** Each {@code fields.…} key names a column, and an option that column has. */
  private static void checkFieldKeys(RowType schema, Options options) {
    for (String key : options.values().keySet()) {
      if (key.startsWith("fields.")) {
        checkFieldKey(schema, options, key);
      }
    }
  }

  private static void checkFieldKey(RowType schema, Options options, String key) {
    for (Column column : schema.columns()) {
      if (key.startsWith("fields." + column.name() + ".")) {
        List<String> valid =
            (options.get(KIND.of(column.name())) == Kind.SEQUENCE
                    ? List.of(KIND, START, END)
                    : RandomFields.options(column))
                .stream().map(option -> option.of(column.name()).key()).toList();
        if (!valid.contains(key)) {
          throw DatagenErrors.notForColumn(key, column, valid);
        }
        return;
      }
    }
    throw DatagenErrors.unknownField(key, schema.names());
  }
}
