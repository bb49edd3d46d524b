// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.option.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The topics of a table.
 *
 * @param names as declared; empty with a pattern
 */
record Topics(List<String> names, Optional<Pattern> pattern) {
  /** Topics of the broker itself start so; a pattern never means them. */
  private static final String INTERNAL = "__";

  static Topics of(TableContext table) {
    Options options = table.options();
    Optional<List<String>> names = options.find(KafkaOptions.TOPIC);
    Optional<String> pattern = options.find(KafkaOptions.TOPIC_PATTERN);
    if (names.isPresent() == pattern.isPresent()) {
      throw KafkaErrors.oneOf(
          table.name(), KafkaOptions.TOPIC.key(), KafkaOptions.TOPIC_PATTERN.key());
    }
    return new Topics(names.orElse(List.of()), pattern.map(text -> compiled(table.name(), text)));
  }

  private static Pattern compiled(String table, String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw KafkaErrors.badPattern(table, text, e.getMessage());
    }
  }

  /** As a table's options say it, names in an order of their own. */
  Map<String, String> address() {
    return pattern
        .map(regex -> Map.of(KafkaOptions.TOPIC_PATTERN.key(), regex.toString()))
        .orElseGet(
            () ->
                Map.of(
                    KafkaOptions.TOPIC.key(),
                    names.stream().sorted().collect(Collectors.joining(";"))));
  }

  boolean isSingle() {
    return names.size() == 1;
  }

  boolean contains(String topic) {
    return pattern
        .map(regex -> !topic.startsWith(INTERNAL) && regex.matches(topic))
        .orElseGet(() -> names.contains(topic));
  }

  @Override
  public String toString() {
    return pattern.map(regex -> "matching '" + regex + "'").orElseGet(names::toString);
  }
}
