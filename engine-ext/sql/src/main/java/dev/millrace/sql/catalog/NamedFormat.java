// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.spi.format.FormatFactory;
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

  /** Its own options, without the prefix. */
  Options options(Declaration table) {
    Map<String, String> values = new HashMap<>();
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
