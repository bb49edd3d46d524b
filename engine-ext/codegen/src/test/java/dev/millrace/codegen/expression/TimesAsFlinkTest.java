// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import static dev.millrace.codegen.expression.Evaluation.call;
import static dev.millrace.codegen.expression.Evaluation.literal;
import static dev.millrace.codegen.expression.FlinkOracle.timestamp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.TimeZone;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringDataUtil;
import org.apache.flink.table.utils.DateTimeUtils;
import org.apache.flink.table.utils.DateTimeUtils.TimeUnitRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesAsFlinkTest {
  private static final DataType STRING = DataType.STRING;
  private static final DataType TIMESTAMP = DataType.timestamp(6);
  private static final DataType LTZ = DataType.timestampLtz(6);
  private static final DataType MONTHS = new DataType(TypeRoot.INTERVAL_YEAR_MONTH, 0, 0, true);
  private static final DataType MILLIS = new DataType(TypeRoot.INTERVAL_DAY_TIME, 0, 0, true);
  private static final TimeZone ZONE = TimeZone.getTimeZone(Evaluation.CONTEXT.zone());
  private static final int ROWS = 500;

  @ParameterizedTest
  @EnumSource(
      names = {
        "YEAR",
        "QUARTER",
        "MONTH",
        "WEEK",
        "DAY",
        "DOW",
        "ISODOW",
        "DOY",
        "ISOYEAR",
        "DECADE",
        "CENTURY",
        "MILLENNIUM",
        "EPOCH"
      })
  void partsOfADateAreThoseOfFlink(TimeUnitRange unit) {
    Random random = new Random(1);
    FlinkOracle ofDate = extract(unit, DataType.DATE);
    FlinkOracle ofTimestamp = extract(unit, TIMESTAMP);
    FlinkOracle ofInstant = extract(unit, LTZ);
    for (int i = 0; i < ROWS; i++) {
      LocalDateTime time = time(random);
      LocalDate date = time.toLocalDate();
      int days = (int) date.toEpochDay();
      ofDate.check(() -> DateTimeUtils.extractFromDate(unit, days), date);
      ofTimestamp.check(
          () ->
              unit == TimeUnitRange.EPOCH
                  ? time.toEpochSecond(ZoneOffset.UTC)
                  : DateTimeUtils.extractFromDate(unit, days),
          time);
      ofInstant.check(
          () -> DateTimeUtils.extractFromTimestamp(unit, timestamp(time), ZONE), instant(time));
    }
    assertThat(ofDate.computed()).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @EnumSource(names = {"HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"})
  void partsOfATimeAreThoseOfFlink(TimeUnitRange unit) {
    Random random = new Random(2);
    FlinkOracle ofTimestamp = extract(unit, TIMESTAMP);
    FlinkOracle ofInstant = extract(unit, LTZ);
    TimeZone utc = TimeZone.getTimeZone("UTC");
    for (int i = 0; i < ROWS; i++) {
      LocalDateTime time = time(random);
      ofTimestamp.check(() -> DateTimeUtils.extractFromTimestamp(unit, timestamp(time), utc), time);
      ofInstant.check(
          () -> DateTimeUtils.extractFromTimestamp(unit, timestamp(time), ZONE), instant(time));
    }
    assertThat(ofInstant.computed()).isEqualTo(ROWS);
  }

  private static FlinkOracle extract(TimeUnitRange unit, DataType type) {
    return new FlinkOracle(
        a -> call(Function.EXTRACT, DataType.BIGINT, literal(unit.name(), STRING), a[0]), type);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "MILLENNIUM",
        "CENTURY",
        "DECADE",
        "YEAR",
        "QUARTER",
        "MONTH",
        "WEEK",
        "DAY",
        "HOUR",
        "MINUTE",
        "SECOND",
        "MILLISECOND"
      })
  void roundingToAUnitIsThatOfFlink(TimeUnitRange unit) {
    Random random = new Random(3);
    FlinkOracle floor = rounded(Function.FLOOR, unit, LTZ);
    FlinkOracle ceil = rounded(Function.CEIL, unit, LTZ);
    FlinkOracle floorLocal = rounded(Function.FLOOR, unit, TIMESTAMP);
    TimeZone utc = TimeZone.getTimeZone("UTC");
    for (int i = 0; i < ROWS; i++) {
      LocalDateTime time = time(random).truncatedTo(ChronoUnit.MILLIS);
      long millis = time.toInstant(ZoneOffset.UTC).toEpochMilli();
      floor.check(
          () -> Instant.ofEpochMilli(DateTimeUtils.timestampFloor(unit, millis, ZONE)),
          instant(time));
      ceil.check(
          () -> Instant.ofEpochMilli(DateTimeUtils.timestampCeil(unit, millis, ZONE)),
          instant(time));
      floorLocal.check(
          () ->
              TimestampData.fromEpochMillis(DateTimeUtils.timestampFloor(unit, millis, utc))
                  .toLocalDateTime(),
          time);
    }
    assertThat(ceil.computed()).isEqualTo(ROWS);
  }

  private static FlinkOracle rounded(Function function, TimeUnitRange unit, DataType type) {
    return new FlinkOracle(a -> call(function, type, a[0], literal(unit.name(), STRING)), type);
  }

  @Test
  void datesAreRoundedToUnitsAsInFlink() {
    Random random = new Random(4);
    for (String unit : new String[] {"YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DECADE"}) {
      TimeUnitRange range = TimeUnitRange.valueOf(unit);
      FlinkOracle floor = rounded(Function.FLOOR, range, DataType.DATE);
      FlinkOracle ceil = rounded(Function.CEIL, range, DataType.DATE);
      for (int i = 0; i < ROWS; i++) {
        LocalDate date = time(random).toLocalDate();
        long days = date.toEpochDay();
        floor.check(() -> LocalDate.ofEpochDay(DateTimeUtils.unixDateFloor(range, days)), date);
        ceil.check(() -> LocalDate.ofEpochDay(DateTimeUtils.unixDateCeil(range, days)), date);
      }
    }
  }

  @Test
  void monthsAreAddedAndCountedAsInFlink() {
    Random random = new Random(5);
    FlinkOracle plus =
        new FlinkOracle(a -> call(Function.PLUS, DataType.DATE, a), DataType.DATE, MONTHS);
    FlinkOracle minus = new FlinkOracle(a -> call(Function.MINUS, TIMESTAMP, a), TIMESTAMP, MONTHS);
    FlinkOracle between = difference("MONTH");
    FlinkOracle years = difference("YEAR");
    FlinkOracle days = difference("DAY");
    FlinkOracle later = new FlinkOracle(a -> call(Function.PLUS, TIMESTAMP, a), TIMESTAMP, MILLIS);
    for (int i = 0; i < ROWS; i++) {
      LocalDateTime time = time(random);
      LocalDateTime other =
          i % 3 == 0 ? time.plusMonths(i % 40).plusSeconds(i % 5 - 2) : time(random);
      int months = random.nextInt(100) - 50;
      long millis = time.toInstant(ZoneOffset.UTC).toEpochMilli();
      long end = other.toInstant(ZoneOffset.UTC).toEpochMilli();
      int date = (int) time.toLocalDate().toEpochDay();
      plus.check(
          () -> LocalDate.ofEpochDay(DateTimeUtils.addMonths(date, months)),
          time.toLocalDate(),
          months);
      minus.check(
          () ->
              TimestampData.fromEpochMillis(
                      DateTimeUtils.addMonths(millis, -months), time.getNano() % 1_000_000)
                  .toLocalDateTime(),
          time,
          months);
      between.check(() -> DateTimeUtils.subtractMonths(end, millis), time, other);
      years.check(() -> DateTimeUtils.subtractMonths(end, millis) / 12, time, other);
      days.check(() -> (int) ((end - millis) / 86_400_000L), time, other);
      later.check(() -> time.plus(months, ChronoUnit.MILLIS), time, (long) months);
    }
    assertThat(between.computed()).isEqualTo(ROWS);
  }

  private static FlinkOracle difference(String unit) {
    return new FlinkOracle(
        a -> call(Function.TIMESTAMP_DIFF, DataType.INT, literal(unit, STRING), a[0], a[1]),
        TIMESTAMP,
        TIMESTAMP);
  }

  @Test
  void timesBecomeTextsAsInFlink() {
    Random random = new Random(6);
    for (int precision : new int[] {0, 3, 6}) {
      DataType local = DataType.timestamp(precision);
      DataType zoned = DataType.timestampLtz(precision);
      FlinkOracle ofLocal = new FlinkOracle(a -> Evaluation.cast(a[0], STRING), local);
      FlinkOracle ofZoned = new FlinkOracle(a -> Evaluation.cast(a[0], STRING), zoned);
      FlinkOracle ofDate = new FlinkOracle(a -> Evaluation.cast(a[0], STRING), DataType.DATE);
      DataType clock = new DataType(TypeRoot.TIME, Math.min(precision, 3), 0, true);
      FlinkOracle ofTime = new FlinkOracle(a -> Evaluation.cast(a[0], STRING), clock);
      for (int i = 0; i < ROWS; i++) {
        LocalDateTime time = time(random);
        TimestampData data = timestamp(time);
        LocalTime ofDay = time.toLocalTime().truncatedTo(ChronoUnit.MILLIS);
        int millis = (int) (ofDay.toNanoOfDay() / 1_000_000);
        ofLocal.check(
            () -> DateTimeUtils.formatTimestamp(data, DateTimeUtils.UTC_ZONE, precision), time);
        ofZoned.check(() -> DateTimeUtils.formatTimestamp(data, ZONE, precision), instant(time));
        ofDate.check(
            () -> DateTimeUtils.formatDate((int) time.toLocalDate().toEpochDay()),
            time.toLocalDate());
        ofTime.check(
            () -> DateTimeUtils.formatTimestampMillis(millis, Math.min(precision, 3)), ofDay);
      }
    }
  }

  @Test
  void textsBecomeTimesAsInFlink() {
    Random random = new Random(7);
    FlinkOracle toTimestamp =
        new FlinkOracle(a -> Evaluation.cast(a[0], DataType.timestamp(3)), STRING);
    FlinkOracle toZoned = new FlinkOracle(a -> Evaluation.cast(a[0], LTZ), STRING);
    FlinkOracle toDate = new FlinkOracle(a -> Evaluation.cast(a[0], DataType.DATE), STRING);
    FlinkOracle toTime =
        new FlinkOracle(
            a -> Evaluation.cast(a[0], new DataType(TypeRoot.TIME, 3, 0, true)), STRING);
    for (int i = 0; i < ROWS * 4; i++) {
      String s = mutated(random);
      toTimestamp.check(
          () -> BinaryStringDataUtil.toTimestamp(FlinkOracle.text(s), 3).toLocalDateTime(), s);
      toZoned.check(
          () -> BinaryStringDataUtil.toTimestamp(FlinkOracle.text(s), 6, ZONE).toInstant(), s);
      toDate.check(() -> LocalDate.ofEpochDay(BinaryStringDataUtil.toDate(FlinkOracle.text(s))), s);
      String t = s.substring(Math.max(0, Math.min(11, s.length() - 1)));
      toTime.check(
          () ->
              LocalTime.ofNanoOfDay(
                  BinaryStringDataUtil.toTime(FlinkOracle.text(t), 3) * 1_000_000L),
          t);
    }
    assertThat(toTimestamp.computed()).isGreaterThan(ROWS);
    assertThat(toDate.computed()).isGreaterThan(ROWS);
    assertThat(toTime.computed()).isGreaterThan(ROWS);
  }

  /** A timestamp as text, often with a character changed, added or missing. */
  private static String mutated(Random random) {
    String plain = time(random).toString().replace('T', ' ');
    String s = random.nextInt(4) == 0 ? plain.substring(0, 10) : plain;
    int at = random.nextInt(s.length());
    return switch (random.nextInt(6)) {
      case 0 -> s.substring(0, at) + s.substring(at + 1);
      case 1 -> s.substring(0, at) + "0123456789:-. ".charAt(random.nextInt(14)) + s.substring(at);
      case 2 -> s.replace("-0", "-");
      default -> s;
    };
  }

  @Test
  void patternsFormatAndParseAsInFlink() {
    Random random = new Random(8);
    String[] patterns = {
      "yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy", "yyyyMMdd", "HH:mm", "bad{", "yyyy-MM-dd'T'HH:mm:ss.SSS"
    };
    FlinkOracle format = of(Function.DATE_FORMAT, STRING, TIMESTAMP, STRING);
    FlinkOracle formatZoned = of(Function.DATE_FORMAT, STRING, LTZ, STRING);
    FlinkOracle formatText = of(Function.DATE_FORMAT, STRING, STRING, STRING);
    FlinkOracle fromUnix = of(Function.FROM_UNIXTIME, STRING, DataType.BIGINT);
    FlinkOracle fromUnixBy = of(Function.FROM_UNIXTIME, STRING, DataType.BIGINT, STRING);
    FlinkOracle toUnix = of(Function.UNIX_TIMESTAMP, DataType.BIGINT, STRING);
    FlinkOracle toUnixBy = of(Function.UNIX_TIMESTAMP, DataType.BIGINT, STRING, STRING);
    FlinkOracle toDate = of(Function.TO_DATE, DataType.DATE, STRING, STRING);
    FlinkOracle toTime = of(Function.TO_TIMESTAMP, DataType.timestamp(3), STRING, STRING);
    FlinkOracle convert = of(Function.CONVERT_TZ, STRING, STRING, STRING, STRING);
    for (int i = 0; i < ROWS; i++) {
      LocalDateTime time = time(random);
      TimestampData data = timestamp(time);
      String p = patterns[random.nextInt(patterns.length)];
      String s = DateTimeUtils.formatTimestamp(data, "yyyy-MM-dd HH:mm:ss");
      String other = p.contains("{") ? s : DateTimeUtils.formatTimestamp(data, p);
      long seconds = time.toEpochSecond(ZoneOffset.UTC);
      format.check(() -> DateTimeUtils.formatTimestamp(data, p), time, p);
      formatZoned.check(() -> DateTimeUtils.formatTimestamp(data, p, ZONE), instant(time), p);
      formatText.check(() -> DateTimeUtils.formatTimestampString(other, p), other, p);
      fromUnix.check(() -> DateTimeUtils.formatUnixTimestamp(seconds, ZONE), seconds);
      fromUnixBy.check(() -> DateTimeUtils.formatUnixTimestamp(seconds, p, ZONE), seconds, p);
      toUnix.check(() -> DateTimeUtils.unixTimestamp(other, ZONE), other);
      toUnixBy.check(() -> DateTimeUtils.unixTimestamp(s, p, ZONE), s, p);
      toTime.check(() -> local(DateTimeUtils.parseTimestampData(other, p)), other, p);
      convert.check(
          () -> DateTimeUtils.convertTz(s, "UTC", "America/Lima"), s, "UTC", "America/Lima");
      if (!p.equals("HH:mm")) {
        toDate.check(() -> LocalDate.ofEpochDay(DateTimeUtils.parseDate(other, p)), other, p);
      }
    }
    assertThat(format.computed()).isGreaterThan(ROWS / 2);
    assertThat(toTime.computed()).isGreaterThan(ROWS / 2);
  }

  private static LocalDateTime local(TimestampData data) {
    return data == null ? null : data.toLocalDateTime();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6})
  void epochNumbersBecomeTimestampsAsInFlink(int precision) {
    Random random = new Random(9);
    Expression digits = literal(precision, DataType.INT);
    FlinkOracle ofLong =
        new FlinkOracle(a -> call(Function.TO_TIMESTAMP_LTZ, LTZ, a[0], digits), DataType.BIGINT);
    FlinkOracle ofDouble =
        new FlinkOracle(a -> call(Function.TO_TIMESTAMP_LTZ, LTZ, a[0], digits), DataType.DOUBLE);
    for (int i = 0; i < ROWS; i++) {
      long epoch = random.nextLong() >> random.nextInt(60);
      double approximate = epoch / 8.0;
      ofLong.check(() -> instant(DateTimeUtils.toTimestampData(epoch, precision)), epoch);
      ofDouble.check(
          () -> instant(DateTimeUtils.toTimestampData(approximate, precision)), approximate);
    }
    assertThat(ofLong.computed()).isGreaterThan(20);
  }

  private static Instant instant(TimestampData data) {
    return data == null ? null : data.toInstant().truncatedTo(ChronoUnit.MICROS);
  }

  @Test
  void localTimesAndInstantsFollowTheZonesSummerTime() {
    dev.millrace.runtime.function.SessionZone berlin =
        new dev.millrace.runtime.function.SessionZone(
            java.time.Clock.systemUTC(), java.time.ZoneId.of("Europe/Berlin"));
    Random random = new Random(10);
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime local =
          LocalDateTime.of(2026, 1, 1, 0, 0).plusMinutes(random.nextInt(3 * 365 * 24 * 60));
      Instant instant = local.atZone(java.time.ZoneId.of("Europe/Berlin")).toInstant();
      long micros = local.toEpochSecond(ZoneOffset.UTC) * 1_000_000L;
      assertThat(berlin.toInstant(micros)).isEqualTo(instant.getEpochSecond() * 1_000_000L);
      LocalDateTime back = LocalDateTime.ofInstant(instant, java.time.ZoneId.of("Europe/Berlin"));
      assertThat(berlin.toLocal(instant.getEpochSecond() * 1_000_000L))
          .isEqualTo(back.toEpochSecond(ZoneOffset.UTC) * 1_000_000L);
    }
  }

  private static FlinkOracle of(Function function, DataType result, DataType... types) {
    return new FlinkOracle(a -> call(function, result, a), types);
  }

  private static Instant instant(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC);
  }

  /** Between 1970 and 2070, in microseconds; often at the start of a day, month or year. */
  private static LocalDateTime time(Random random) {
    LocalDateTime time =
        LocalDateTime.of(1970, 1, 1, 0, 0)
            .plusDays(random.nextInt(36_500))
            .plus(random.nextLong(86_400_000_000L), ChronoUnit.MICROS);
    return switch (random.nextInt(8)) {
      case 0 -> time.truncatedTo(ChronoUnit.DAYS);
      case 1 -> time.withDayOfMonth(1);
      case 2 -> time.withDayOfYear(1);
      case 3 -> time.truncatedTo(ChronoUnit.SECONDS);
      default -> time;
    };
  }
}
