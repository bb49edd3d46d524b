// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.spi.connector.ConnectedFormatFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.util.HashMap;
import java.util.Map;

/**
 * A format a table names.
 *
 * @param option that names it: {@code format}, {@code key.format}
 */
record NamedFormat(String option, FormatFactory factory) {
  private static final String FORMAT = "format";

  /** {@code json.} by {@code format}, {@code key.json.} by {@code key.format}. */
  String prefix() {
    return option.substring(0, option.length() - FORMAT.length()) + factory.identifier() + ".";
  }

  boolean owns(String key) {
    return key.startsWith(prefix());
  }

  /** The format, with what the host offers where it asks for that. */
  FormatFactory connected(Services services) {
    return factory instanceof ConnectedFormatFactory connected
        ? connected.connectedTo(services)
        : factory;
  }

  /**
   * Its own options, without the prefix.
   *
   * @param defaults for those the table does not give; what the format does not have is left out
   */
  Options options(Declaration table, Map<String, String> defaults) {
    Map<String, String> values = new HashMap<>();
    for (ConfigOption<?> option : factory.options()) {
      if (defaults.containsKey(option.key())) {
        values.put(option.key(), defaults.get(option.key()));
      }
    }
    table
        .options()
        .forEach(
            (key, written) -> {
              if (owns(key)) {
                values.put(key.substring(prefix().length()), written.value());
              }
            });
    return new Options(values);
  }
}
