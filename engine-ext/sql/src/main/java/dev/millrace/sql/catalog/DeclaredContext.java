// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.spi.connector.MetadataFormatFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.error.SqlErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a connector is told of a declared table. */
record DeclaredContext(
    Declaration declaration,
    List<DeclaredColumn> columns,
    List<NamedFormat> formats,
    Set<String> knownFormats,
    Services services)
    implements TableContext {
  @Override
  public String name() {
    return declaration.name();
  }

  @Override
  public RowType schema() {
    return new RowType(columns.stream().map(DeclaredColumn::connectorColumn).toList());
  }

  @Override
  public List<String> metadataKeys() {
    // holds null for columns that are no metadata, so no immutable list
    return columns.stream()
        .map(column -> column.metadata().map(DeclaredColumn.Metadata::key).orElse(null))
        .toList();
  }

  @Override
  public int[] primaryKey() {
    return declaration.primaryKey().stream().mapToInt(schema()::indexOf).toArray();
  }

  @Override
  public Options options() {
    Map<String, String> values = new HashMap<>();
    declaration
        .options()
        .forEach(
            (key, written) -> {
              if (formats.stream().noneMatch(format -> format.owns(key))
                  && !key.equals(Connectors.CONNECTOR)) {
                values.put(key, written.value());
              }
            });
    return new Options(values);
  }

  @Override
  public DecodingFormat decodingFormat(String option, RowType columns) {
    NamedFormat format = required(option);
    return format.connected(services).decoding(columns, format.options(declaration, Map.of()));
  }

  @Override
  public DecodingFormat decodingFormat(String option, RowType columns, List<String> metadata) {
    NamedFormat format = required(option);
    return !metadata.isEmpty() && format.connected(services) instanceof MetadataFormatFactory known
        ? known.decoding(columns, metadata, format.options(declaration, Map.of()))
        : decodingFormat(option, columns);
  }

  @Override
  public EncodingFormat encodingFormat(String option, RowType columns) {
    return encodingFormat(option, columns, Map.of());
  }

  @Override
  public EncodingFormat encodingFormat(
      String option, RowType columns, Map<String, String> defaults) {
    NamedFormat format = required(option);
    return format.connected(services).encoding(columns, format.options(declaration, defaults));
  }

  private NamedFormat required(String option) {
    return formats.stream()
        .filter(format -> format.option().equals(option))
        .findFirst()
        .orElseThrow(
            () ->
                SqlErrors.missingOption(
                    declaration.at(), name(), option, "its connector", knownFormats));
  }
}
