// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.error.SqlErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a connector is told of a declared table. */
record DeclaredContext(
    Declaration declaration,
    List<DeclaredColumn> columns,
    Optional<FormatFactory> format,
    Set<String> knownFormats,
    Services services)
    implements TableContext {
  @Override
  public String name() {
    return declaration.name();
  }

  @Override
  public RowType schema() {
    return new RowType(columns.stream().map(DeclaredColumn::column).toList());
  }

  @Override
  public List<String> metadataKeys() {
    // holds null for columns that are no metadata, so no immutable list
    return columns.stream().map(column -> column.metadataKey().orElse(null)).toList();
  }

  @Override
  public int[] primaryKey() {
    return declaration.primaryKey().stream().mapToInt(schema()::indexOf).toArray();
  }

  @Override
  public Options options() {
    String prefix = format.map(DeclaredContext::prefix).orElse(null);
    Map<String, String> values = new HashMap<>();
    declaration
        .options()
        .forEach(
            (key, written) -> {
              boolean ofFormat = prefix != null && key.startsWith(prefix);
              if (!ofFormat && !key.equals(Connectors.CONNECTOR)) {
                values.put(key, written.value());
              }
            });
    return new Options(values);
  }

  @Override
  public DecodingFormat decodingFormat() {
    return requiredFormat().decoding(schema(), formatOptions());
  }

  @Override
  public EncodingFormat encodingFormat() {
    return requiredFormat().encoding(schema(), formatOptions());
  }

  private FormatFactory requiredFormat() {
    return format.orElseThrow(
        () ->
            SqlErrors.missingOption(
                declaration.at(), name(), Connectors.FORMAT, "its connector", knownFormats));
  }

  private Options formatOptions() {
    String prefix = prefix(requiredFormat());
    Map<String, String> values = new HashMap<>();
    declaration
        .options()
        .forEach(
            (key, written) -> {
              if (key.startsWith(prefix)) {
                values.put(key.substring(prefix.length()), written.value());
              }
            });
    return new Options(values);
  }

  private static String prefix(FormatFactory factory) {
    return factory.identifier() + ".";
  }
}
