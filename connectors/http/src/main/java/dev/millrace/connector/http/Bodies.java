// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import com.fasterxml.jackson.core.JsonPointer;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.MessagesOnly;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.util.Optional;
import java.util.function.Function;

/** What a table's options say of the bodies its rows are in. */
final class Bodies {
  private Bodies() {}

  /** That the table has a format which can read it is found here and now. */
  static Function<RowType, Body> of(TableContext table) {
    DecodingFormat format = table.decodingFormat();
    refuseMessages(table, format);
    Body whole =
        new Body(
            table.schema(),
            format,
            isJson(table.options()),
            pointer(table, HttpOptions.ROWS_POINTER));
    return schema -> whole.of(schema, table.decodingFormat("format", schema));
  }

  static void refuseMessages(TableContext table, Object format) {
    if (format instanceof MessagesOnly) {
      throw HttpErrors.contradiction(
          table.name(), "format", "is one of single messages, and bodies may hold many rows");
    }
  }

  static Optional<JsonPointer> pointer(TableContext table, ConfigOption<String> option) {
    Optional<String> text = table.options().find(option);
    if (text.isPresent() && !isJson(table.options())) {
      throw HttpErrors.contradiction(table.name(), option.key(), "needs a format of JSON");
    }
    try {
      return text.map(JsonPointer::compile);
    } catch (IllegalArgumentException e) {
      throw HttpErrors.outOfRange(table.name(), option.key(), "'" + text.get() + "'");
    }
  }

  static boolean isJson(Options options) {
    return options.values().getOrDefault("format", "").endsWith("json");
  }
}
