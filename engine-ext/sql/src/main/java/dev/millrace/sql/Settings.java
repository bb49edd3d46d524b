// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static java.util.Map.entry;

import dev.millrace.spi.error.Location;
import dev.millrace.spi.option.Durations;
import dev.millrace.spi.option.MemorySizes;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.script.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.sql.parser.ddl.SqlReset;
import org.apache.flink.sql.parser.ddl.SqlSet;

/** What a script has SET. */
final class Settings {
  private static final String ZONE = "table.local-time-zone";
  private static final String MILLRACE = "millrace.";
  private static final String MASK = MILLRACE + "mask";
  private static final int MAX_LANES = 1024;
  private static final Duration LONGEST_DURATION = Duration.ofDays(36_500);

  /** Keys that tune a Flink cluster and change no result: accepted, without effect. */
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "sql-client.",
          "state.",
          "restart-strategy",
          "taskmanager.",
          "jobmanager.",
          "metrics.",
          "execution.checkpointing.",
          "pipeline.object-reuse",
          "table.optimizer.",
          "table.exec.resource.");

  /** What a value may be. */
  private record Setting(String expected, Predicate<String> valid) {
    static Setting oneOf(String... values) {
      return new Setting(
          "one of " + String.join(", ", values),
          value -> Set.of(values).contains(value.toLowerCase(Locale.ROOT)));
    }
  }

  private static final Setting LANES =
      new Setting("a number of lanes from 1 to " + MAX_LANES, Settings::isLaneCount);

  private static final Setting ROWS =
      new Setting("a number of rows from 1 on", value -> value.matches("0*[1-9]\\d{0,17}"));

  private static final Setting RATE =
      new Setting("a number from 0 to 1", value -> value.matches("0(\\.\\d{1,9})?|1(\\.0{1,9})?"));

  private static final Setting COLUMNS =
      new Setting(
          "columns as table.column, separated by commas",
          value -> value.matches("\\s*[^.,]+\\.[^.,]+(,[^.,]+\\.[^.,]+)*"));

  private static final Setting DURATION =
      new Setting("a duration such as '200 ms'", Settings::isPositiveDuration);

  private static final Setting DURATION_OR_NONE =
      new Setting(
          "a duration such as '30 s', or '0 s' to wait for ever", Settings::isDurationOrNone);

  private static final Setting BYTES =
      new Setting("a size such as '256 mb'", Settings::isPositiveSize);

  private static final Map<String, Setting> KNOWN =
      Map.ofEntries(
          entry(ZONE, new Setting("a time zone such as UTC or Europe/Berlin", Settings::isZone)),
          entry("pipeline.name", new Setting("a name", value -> !value.isBlank())),
          entry("pipeline.auto-watermark-interval", DURATION),
          entry("parallelism.default", LANES),
          entry("execution.runtime-mode", Setting.oneOf("streaming")),
          entry(
              "table.exec.state.ttl",
              new Setting("0, as state is kept for ever", Settings::isZeroDuration)),
          entry("table.exec.sink.not-null-enforcer", Setting.oneOf("error", "drop")),
          entry(MILLRACE + "start", Setting.oneOf("on-deployment")),
          entry(
              MILLRACE + "on-redeploy",
              Setting.oneOf("replace", "drain", "discard-state", "discard-positions")),
          entry(MILLRACE + "on-data-error", Setting.oneOf("fail", "dead-letter")),
          entry(MILLRACE + "commit.rows", ROWS),
          entry(MILLRACE + "commit.interval", DURATION),
          entry(MILLRACE + "max-staged-rows", ROWS),
          entry(MILLRACE + "max-dead-letters", ROWS),
          entry(MILLRACE + "max-dead-letter-rate", RATE),
          entry(MASK, COLUMNS),
          entry(MILLRACE + "max-journal-effects", ROWS),
          entry(MILLRACE + "max-run-time", DURATION),
          entry(MILLRACE + "snapshot.interval", DURATION),
          entry(MILLRACE + "snapshot.rows", ROWS),
          entry(MILLRACE + "max-state-bytes", BYTES),
          entry(MILLRACE + "max-memory", BYTES),
          entry("table.exec.source.idle-timeout", DURATION_OR_NONE),
          entry(MILLRACE + "lanes", LANES));

  private final Map<String, String> values = new TreeMap<>();
  private Location maskedAt;

  void set(Statement statement, SqlSet set) {
    if (set.getKey() == null || set.getValue() == null) {
      throw SqlErrors.unsupported(statement.start(), "SET without a key and a value");
    }
    String key = set.getKeyString();
    String value = set.getValueString();
    Setting setting = KNOWN.get(key);
    if (setting == null) {
      refuseUnlessWithoutEffect(statement.at(set.getKey()), key);
    } else if (!setting.valid().test(value)) {
      throw SqlErrors.settingValue(statement.at(set.getValue()), key, value, setting.expected());
    }
    values.put(key, value);
    if (key.equals(MASK)) {
      maskedAt = statement.at(set.getValue());
    }
  }

  /** Adds to the masked columns those that are computed from them. */
  void followMasks(Catalog catalog, List<MaskedColumns.Written> written) {
    values.computeIfPresent(
        MASK, (key, set) -> MaskedColumns.follow(set, maskedAt, catalog, written));
  }

  void reset(Statement statement, SqlReset reset) {
    if (reset.getKey() == null) {
      values.clear();
      return;
    }
    String key = reset.getKeyString();
    if (!KNOWN.containsKey(key)) {
      refuseUnlessWithoutEffect(statement.at(reset.getKey()), key);
    }
    values.remove(key);
  }

  private static void refuseUnlessWithoutEffect(Location at, String key) {
    if (WITHOUT_EFFECT.stream().noneMatch(key::startsWith)) {
      boolean ours = key.startsWith(MILLRACE);
      throw SqlErrors.unknownSetting(
          at,
          key,
          KNOWN.keySet().stream().filter(known -> !ours || known.startsWith(MILLRACE)).toList());
    }
  }

  Map<String, String> values() {
    return values;
  }

  /** The session's zone; as in Flink, the machine's if none is set. */
  ZoneId zone() {
    String zone = values.getOrDefault(ZONE, "default");
    return zone.equals("default") ? ZoneId.systemDefault() : ZoneId.of(zone);
  }

  private static boolean isZone(String value) {
    return value.equals("default")
        || ZoneId.getAvailableZoneIds().contains(value)
        || value.matches("(GMT|UTC)?[+-](0\\d|1[0-8]):[0-5]\\d");
  }

  private static boolean isZeroDuration(String value) {
    return isDuration(value, Duration::isZero);
  }

  private static boolean isPositiveDuration(String value) {
    return isDuration(
        value, duration -> !duration.isZero() && duration.compareTo(LONGEST_DURATION) <= 0);
  }

  private static boolean isDurationOrNone(String value) {
    return isDuration(value, duration -> duration.compareTo(LONGEST_DURATION) <= 0);
  }

  private static boolean isPositiveSize(String value) {
    try {
      return MemorySizes.parse(value) > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isDuration(String value, Predicate<Duration> wanted) {
    try {
      return wanted.test(Durations.parse(value));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isLaneCount(String value) {
    return value.matches("[1-9]\\d{0,3}") && Integer.parseInt(value) <= MAX_LANES;
  }
}
