// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.option.ConfigOption;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/** The options of all connectors and formats in the jar as Markdown, from their factories. */
final class ConnectorOptions {
  private static final String HEAD =
      """
      # Connectors, formats and their options

      Made from the factories that read the options; a test fails if this page is stale. To make it anew:
      `mvn -pl engine-ext/cli -am test -Dtest=ConnectorOptionsTest -Dmillrace.docs.update=true -Dsurefire.failIfNoSpecifiedTests=false`

      An unknown or missing option is an error at validation, with its place in the script. A `#` in a key stands for a
      column's name. The connectors of the process engine (`process-variables`, `process-start`, `process-message`)
      are not part of the command line and are described with it.
      """;

  private ConnectorOptions() {}

  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (ConnectorFactory connector : found(ConnectorFactory.class, ConnectorFactory::identifier)) {
      page.append("\n## `").append(connector.identifier()).append("`: ").append(uses(connector));
      page.append("\n\n");
      if (connector.usesFormat()) {
        page.append("With a `'format'` and its options.\n\n");
      }
      table(page, connector.requiredOptions(), connector.optionalOptions());
    }
    for (FormatFactory format : found(FormatFactory.class, FormatFactory::identifier)) {
      page.append("\n## Format `").append(format.identifier()).append("`\n\n");
      page.append("Keys are written with `")
          .append(format.identifier())
          .append(".` before them.\n\n");
      table(page, Set.of(), format.options());
    }
    return page.toString();
  }

  private static <T> List<T> found(Class<T> type, Function<T, String> identifier) {
    return ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(identifier))
        .toList();
  }

  private static String uses(ConnectorFactory connector) {
    boolean source = connector instanceof SourceFactory;
    boolean sink = connector instanceof SinkFactory;
    return source && sink ? "source and sink" : source ? "source" : "sink";
  }

  private static void table(
      StringBuilder page, Set<ConfigOption<?>> required, Set<ConfigOption<?>> optional) {
    if (required.isEmpty() && optional.isEmpty()) {
      page.append("No options.\n");
      return;
    }
    page.append("| option | value | default | |\n|---|---|---|---|\n");
    sorted(required).forEach(option -> row(page, option, "**required**"));
    sorted(optional).forEach(option -> row(page, option, defaultOf(option)));
  }

  private static List<ConfigOption<?>> sorted(Collection<ConfigOption<?>> options) {
    return options.stream()
        .sorted(Comparator.<ConfigOption<?>, String>comparing(ConfigOption::key))
        .toList();
  }

  private static void row(StringBuilder page, ConfigOption<?> option, String defaultValue) {
    page.append("| `").append(option.key()).append("` | ").append(option.expected());
    page.append(" | ").append(defaultValue).append(" | ");
    page.append(option.description().replace("|", "\\|")).append(" |\n");
  }

  private static String defaultOf(ConfigOption<?> option) {
    return option.defaultValue().map(value -> "`" + shown(value) + "`").orElse("");
  }

  private static String shown(Object value) {
    if (value instanceof Duration duration) {
      return duration.toMillis() + " ms";
    }
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
        : value.toString();
  }
}
