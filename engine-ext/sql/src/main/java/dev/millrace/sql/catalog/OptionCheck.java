// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.sql.catalog.Declaration.WrittenOption;
import dev.millrace.sql.error.SqlErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Checks the options of one table: none unknown, none missing, each value readable. */
final class OptionCheck {
  private final Declaration table;
  private final ConnectorFactory connector;
  private final Consumer<MillraceException> problems;

  /** All valid options by key as written in the script; empty for the two that choose a factory. */
  private final Map<String, Optional<ConfigOption<?>>> valid = new TreeMap<>();

  OptionCheck(
      Declaration table,
      ConnectorFactory connector,
      List<NamedFormat> formats,
      Consumer<MillraceException> problems) {
    this.table = table;
    this.connector = connector;
    this.problems = problems;
    valid.put(Connectors.CONNECTOR, Optional.empty());
    connector.requiredOptions().forEach(option -> valid.put(option.key(), Optional.of(option)));
    connector.optionalOptions().forEach(option -> valid.put(option.key(), Optional.of(option)));
    connector.formatOptions().forEach(option -> valid.put(option, Optional.empty()));
    for (NamedFormat format : formats) {
      format
          .factory()
          .options()
          .forEach(option -> valid.put(format.prefix() + option.key(), Optional.of(option)));
    }
  }

  void run() {
    table.options().forEach(this::checkWritten);
    for (ConfigOption<?> option : connector.requiredOptions()) {
      if (!table.options().containsKey(option.key())) {
        problems.accept(
            SqlErrors.missingOption(table.at(), table.name(), option.key(), who(), valid.keySet()));
      }
    }
  }

  private void checkWritten(String key, WrittenOption written) {
    if (valid.containsKey(key)) {
      valid.get(key).ifPresent(option -> checkValue(option, key, written));
      return;
    }
    ofColumn(key)
        .ifPresentOrElse(
            option -> checkValue(option, key, written),
            () ->
                problems.accept(SqlErrors.unknownOption(written.at(), key, who(), valid.keySet())));
  }

  /** An option declared for any column, such as {@code fields.#.kind}. */
  private Optional<ConfigOption<?>> ofColumn(String key) {
    return valid.values().stream()
        .flatMap(Optional::stream)
        .filter(option -> option.matches(key))
        .findFirst();
  }

  private void checkValue(ConfigOption<?> option, String key, WrittenOption written) {
    if (!parses(option, written.value())) {
      problems.accept(SqlErrors.optionValue(written.at(), key, written.value(), option.expected()));
    }
  }

  private static boolean parses(ConfigOption<?> option, String text) {
    try {
      return option.parser().apply(text) != null;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  private String who() {
    return "connector '" + connector.identifier() + "'";
  }
}
