// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.KafkaOptions.Bound;
import dev.millrace.connector.kafka.KafkaOptions.Startup;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where reading starts the first time, and where it ends.
 *
 * @param startOffsets by partition, for {@link Startup#SPECIFIC_OFFSETS}
 * @param endOffsets by partition, for {@link Bound#SPECIFIC_OFFSETS}
 */
record ScanRange(
    Startup startup,
    Map<Integer, Long> startOffsets,
    long startTimestampMillis,
    Bound bound,
    Map<Integer, Long> endOffsets,
    long endTimestampMillis) {
  private static final Pattern OFFSET =
      Pattern.compile("partition:(\\d{1,9}),offset:(-?\\d{1,18})");

  /**
   * @param startup where the table says nothing of its start
   */
  static ScanRange of(TableContext table, Topics topics, Startup startup) {
    Options options = table.options();
    Bound bound = options.get(KafkaOptions.BOUNDED_MODE);
    return new ScanRange(
        startup,
        startup == Startup.SPECIFIC_OFFSETS
            ? offsets(table, topics, KafkaOptions.STARTUP_OFFSETS)
            : Map.of(),
        startup == Startup.TIMESTAMP ? required(table, KafkaOptions.STARTUP_TIMESTAMP, startup) : 0,
        bound,
        bound == Bound.SPECIFIC_OFFSETS
            ? offsets(table, topics, KafkaOptions.BOUNDED_OFFSETS)
            : Map.of(),
        bound == Bound.TIMESTAMP ? required(table, KafkaOptions.BOUNDED_TIMESTAMP, bound) : 0);
  }

  boolean isBounded() {
    return bound != Bound.UNBOUNDED;
  }

  private static <T> T required(TableContext table, ConfigOption<T> option, Enum<?> mode) {
    return table
        .options()
        .find(option)
        .orElseThrow(() -> KafkaErrors.requires(table.name(), option.key(), "mode " + mode));
  }

  private static Map<Integer, Long> offsets(
      TableContext table, Topics topics, ConfigOption<String> option) {
    String text = required(table, option, Startup.SPECIFIC_OFFSETS);
    if (!topics.isSingle()) {
      throw KafkaErrors.singleTopicOnly(table.name(), "'" + option.key() + "'");
    }
    Map<Integer, Long> offsets = new HashMap<>();
    for (String pair : text.split(";", -1)) {
      Matcher matcher = OFFSET.matcher(pair);
      if (!matcher.matches()) {
        throw KafkaErrors.badOffsets(table.name(), option.key(), text);
      }
      offsets.put(Integer.valueOf(matcher.group(1)), Long.valueOf(matcher.group(2)));
    }
    return Map.copyOf(offsets);
  }
}
