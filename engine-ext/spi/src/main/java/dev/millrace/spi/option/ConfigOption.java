// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.option;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * An option of a table's {@code WITH} clause: declared once, read through {@link Options}, listed
 * in the documentation.
 *
 * @param key as in Flink where Flink has it; {@code #} in it stands for a column's name: {@code
 *     fields.#.kind}
 * @param parser text to value; throws {@link IllegalArgumentException} with what it expected
 * @param expected what a value looks like, for messages: {@code an integer}
 */
public record ConfigOption<T>(
    String key,
    Function<String, T> parser,
    String expected,
    Optional<T> defaultValue,
    String description) {

  public static ConfigOption<String> string(String key, String description) {
    return new ConfigOption<>(key, text -> text, "a string", Optional.empty(), description);
  }

  public static ConfigOption<Integer> integer(String key, String description) {
    return new ConfigOption<>(key, Integer::valueOf, "an integer", Optional.empty(), description);
  }

  public static ConfigOption<Long> bigint(String key, String description) {
    return new ConfigOption<>(key, Long::valueOf, "an integer", Optional.empty(), description);
  }

  public static ConfigOption<Double> decimal(String key, String description) {
    return new ConfigOption<>(key, Double::valueOf, "a number", Optional.empty(), description);
  }

  public static ConfigOption<Boolean> bool(String key, String description) {
    return new ConfigOption<>(
        key, ConfigOption::parseBoolean, "true or false", Optional.empty(), description);
  }

  /** A duration as Flink writes it: {@code 5 s}, {@code 100ms}, {@code 1 h}. */
  public static ConfigOption<Duration> duration(String key, String description) {
    return new ConfigOption<>(
        key, Durations::parse, "a duration such as '5 s'", Optional.empty(), description);
  }

  /** One of an enum's names, in lower case with hyphens, in any case. */
  public static <E extends Enum<E>> ConfigOption<E> oneOf(
      String key, Class<E> values, String description) {
    return new ConfigOption<>(
        key,
        text -> parseEnum(values, text),
        "one of "
            + String.join(
                ", ",
                Arrays.stream(values.getEnumConstants())
                    .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList()),
        Optional.empty(),
        description);
  }

  public ConfigOption<T> defaultTo(T value) {
    return new ConfigOption<>(key, parser, expected, Optional.of(value), description);
  }

  /** True if a key as written in a script is this option's. */
  public boolean matches(String written) {
    int name = key.indexOf('#');
    return name < 0
        ? key.equals(written)
        : written.length() >= key.length()
            && written.startsWith(key.substring(0, name))
            && written.endsWith(key.substring(name + 1));
  }

  /** This option of one column: {@code fields.#.kind} of {@code a} is {@code fields.a.kind}. */
  public ConfigOption<T> of(String column) {
    return new ConfigOption<>(
        key.replace("#", column), parser, expected, defaultValue, description);
  }

  private static Boolean parseBoolean(String text) {
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new IllegalArgumentException(text);
  }

  private static <E extends Enum<E>> E parseEnum(Class<E> values, String text) {
    return Enum.valueOf(values, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
