// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.datagen;

import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Random values by type, within Flink's default bounds. */
final class RandomFields {
  private static final int DEFAULT_LENGTH = 100;
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private RandomFields() {}

  /** The options a random column of that type has. */
  static List<ConfigOption<?>> options(Column column) {
    return switch (column.type().root()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL ->
          List.of(
              DatagenFactory.KIND,
              DatagenFactory.MIN,
              DatagenFactory.MAX,
              DatagenFactory.NULL_RATE);
      case VARCHAR, VARBINARY ->
          List.of(
              DatagenFactory.KIND,
              DatagenFactory.LENGTH,
              DatagenFactory.VAR_LEN,
              DatagenFactory.NULL_RATE);
      case TIMESTAMP, TIMESTAMP_LTZ ->
          List.of(DatagenFactory.KIND, DatagenFactory.MAX_PAST, DatagenFactory.NULL_RATE);
      case BOOLEAN, CHAR, BINARY, DATE, TIME ->
          List.of(DatagenFactory.KIND, DatagenFactory.NULL_RATE);
      case MAP, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL ->
          throw DatagenErrors.unsupportedType(column);
    };
  }

  static FieldGenerator of(Column column, Options options, Clock clock) {
    double nullRate = options.get(DatagenFactory.NULL_RATE.of(column.name()));
    if (!(nullRate >= 0 && nullRate <= 1) || (nullRate > 0 && !column.type().nullable())) {
      throw DatagenErrors.badValue(
          DatagenFactory.NULL_RATE.of(column.name()).key(),
          String.valueOf(nullRate),
          column.type().nullable() ? "from 0 to 1" : "0, for the column is NOT NULL");
    }
    return value(column, options, clock).withNulls(nullRate);
  }

  private static FieldGenerator value(Column column, Options options, Clock clock) {
    DataType type = column.type();
    return switch (type.root()) {
      case BOOLEAN -> (b, row, c, n, random) -> b.setBoolean(row, c, random.nextLong() < 0);
      case TINYINT -> integer(column, options, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> integer(column, options, Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER -> integer(column, options, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> integer(column, options, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> {
        Range range = Range.of(column, options, 0, Float.MAX_VALUE);
        yield (b, row, c, n, random) -> b.setFloat(row, c, (float) range.pick(random));
      }
      case DOUBLE -> {
        Range range = Range.of(column, options, 0, Double.MAX_VALUE);
        yield (b, row, c, n, random) -> b.setDouble(row, c, range.pick(random));
      }
      case DECIMAL -> decimal(column, options);
      case CHAR -> text(type.precision(), false);
      case VARCHAR -> text(length(column, options), varies(column, options));
      case BINARY -> bytes(type.precision(), false);
      case VARBINARY -> bytes(length(column, options), varies(column, options));
      case DATE ->
          (b, row, c, n, random) ->
              b.setLong(row, c, Math.floorDiv(clock.millis(), MILLIS_PER_DAY));
      case TIME ->
          (b, row, c, n, random) ->
              b.setLong(row, c, Math.floorMod(clock.millis(), MILLIS_PER_DAY) / 1000 * 1000);
      case TIMESTAMP, TIMESTAMP_LTZ -> timestamp(column, options, clock);
      case MAP, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL ->
          throw DatagenErrors.unsupportedType(column);
    };
  }

  private static FieldGenerator integer(Column column, Options options, long least, long most) {
    long min = bound(options, DatagenFactory.MIN.of(column.name()), Long::valueOf).orElse(least);
    long max = bound(options, DatagenFactory.MAX.of(column.name()), Long::valueOf).orElse(most);
    if (min < least || max > most || min > max) {
      throw DatagenErrors.badValue(
          DatagenFactory.MIN.of(column.name()).key() + "' to '…max",
          min + " to " + max,
          "a range within " + column.type());
    }
    return (b, row, c, n, random) -> b.setLong(row, c, random.nextLong(min, max));
  }

  private static FieldGenerator decimal(Column column, Options options) {
    DataType type = column.type();
    double limit = Math.pow(10, type.precision() - type.scale());
    Range range = Range.of(column, options, 0, limit);
    if (Math.max(-range.min(), range.max()) > limit) {
      throw DatagenErrors.badValue(
          DatagenFactory.MAX.of(column.name()).key(), range.max() + "", "within " + type);
    }
    BigDecimal largest = new BigDecimal(limit).subtract(BigDecimal.ONE.movePointLeft(type.scale()));
    return (b, row, c, n, random) -> {
      BigDecimal value = new BigDecimal(range.pick(random));
      b.setDecimal(row, c, RowValues.fit(value.min(largest).max(largest.negate()), type));
    };
  }

  private static FieldGenerator timestamp(Column column, Options options, Clock clock) {
    long maxPastMs = options.get(DatagenFactory.MAX_PAST.of(column.name())).toMillis();
    long unitMicros = (long) Math.pow(10, 6 - column.type().precision());
    return (b, row, c, n, random) -> {
      long micros = 1000 * (clock.millis() - random.nextLong(0, maxPastMs));
      b.setLong(row, c, micros - Math.floorMod(micros, unitMicros));
    };
  }

  private static FieldGenerator text(int length, boolean varies) {
    return (b, row, c, n, random) -> {
      char[] chars = new char[varies ? (int) random.nextLong(1, length) : length];
      for (int i = 0; i < chars.length; i++) {
        chars[i] = HEX[(int) (random.nextLong() >>> 60)];
      }
      b.setString(row, c, new String(chars));
    };
  }

  private static FieldGenerator bytes(int length, boolean varies) {
    return (b, row, c, n, random) -> {
      byte[] value = new byte[varies ? (int) random.nextLong(1, length) : length];
      for (int i = 0; i < value.length; i++) {
        value[i] = (byte) random.nextLong();
      }
      b.setBytes(row, c, value);
    };
  }

  private static int length(Column column, Options options) {
    int most = column.type().precision();
    int length =
        options
            .find(DatagenFactory.LENGTH.of(column.name()))
            .orElse(most == DataType.MAX_LENGTH ? DEFAULT_LENGTH : most);
    if (length < 1 || length > most) {
      throw DatagenErrors.badValue(
          DatagenFactory.LENGTH.of(column.name()).key(),
          String.valueOf(length),
          "from 1 to " + most);
    }
    return length;
  }

  private static boolean varies(Column column, Options options) {
    return options.get(DatagenFactory.VAR_LEN.of(column.name()));
  }

  private static <T> Optional<T> bound(
      Options options, ConfigOption<String> option, Function<String, T> parser) {
    return options
        .find(option)
        .map(
            text -> {
              try {
                return parser.apply(text);
              } catch (NumberFormatException e) {
                throw DatagenErrors.badValue(option.key(), text, "a number of the column's type");
              }
            });
  }

  /** Numbers from min to max. */
  private record Range(double min, double max) {
    static Range of(Column column, Options options, double least, double most) {
      double min =
          bound(options, DatagenFactory.MIN.of(column.name()), Double::valueOf).orElse(least);
      double max =
          bound(options, DatagenFactory.MAX.of(column.name()), Double::valueOf).orElse(most);
      if (!(min <= max) || Double.isInfinite(max - min)) {
        throw DatagenErrors.badValue(
            DatagenFactory.MIN.of(column.name()).key() + "' to '…max",
            min + " to " + max,
            "a finite range");
      }
      return new Range(min, max);
    }

    double pick(RowRandom random) {
      return min + random.nextDouble() * (max - min);
    }
  }
}
