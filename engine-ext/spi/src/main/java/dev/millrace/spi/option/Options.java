// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.option;

import java.util.Map;
import java.util.Optional;

/**
 * The options of one table, already checked: no unknown key, none missing, each value parses.
 * Option keys are compared as written.
 */
public record Options(Map<String, String> values) {
  public Options {
    values = Map.copyOf(values);
  }

  /** The value given, or the default, or empty. */
  public <T> Optional<T> find(ConfigOption<T> option) {
    String text = values.get(option.key());
    return text == null ? option.defaultValue() : Optional.of(option.parser().apply(text));
  }

  /**
   * The value given, or the default.
   *
   * @throws IllegalStateException if there is neither: the option is neither required nor defaulted
   */
  public <T> T get(ConfigOption<T> option) {
    return find(option)
        .orElseThrow(() -> new IllegalStateException("no value for option " + option.key()));
  }
}
