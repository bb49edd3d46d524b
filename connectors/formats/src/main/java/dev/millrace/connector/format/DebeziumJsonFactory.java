// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.connector.MetadataFormatFactory;
import dev.millrace.spi.connector.MetadataKey;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.type.RowType;
import java.util.List;
import java.util.Set;

/** {@code 'format' = 'debezium-json'}: changes of a database's rows, as Debezium tells them. */
public final class DebeziumJsonFactory implements MetadataFormatFactory {
  static final ConfigOption<Boolean> SCHEMA_INCLUDE =
      ConfigOption.bool("schema-include", "The envelope is the field 'payload' beside a 'schema'.")
          .defaultTo(false);

  @Override
  public String identifier() {
    return "debezium-json";
  }

  @Override
  public Set<ConfigOption<?>> options() {
    return Set.of(
        SCHEMA_INCLUDE,
        JsonFactory.IGNORE_PARSE_ERRORS,
        JsonFactory.TIMESTAMP_FORMAT,
        JsonFactory.ENCODE_DECIMAL_AS_PLAIN_NUMBER,
        JsonFactory.ENCODE_IGNORE_NULL_FIELDS,
        JsonFactory.MAP_NULL_KEY_MODE,
        JsonFactory.MAP_NULL_KEY_LITERAL);
  }

  @Override
  public List<MetadataKey> metadataKeys() {
    return DebeziumMetadata.keys();
  }

  @Override
  public DecodingFormat decoding(RowType schema, Options options) {
    return decoding(schema, List.of(), options);
  }

  @Override
  public DecodingFormat decoding(RowType schema, List<String> metadata, Options options) {
    boolean ignoreErrors = options.get(JsonFactory.IGNORE_PARSE_ERRORS);
    boolean schemaIncluded = options.get(SCHEMA_INCLUDE);
    TimestampStyle style = options.get(JsonFactory.TIMESTAMP_FORMAT);
    JsonFactory.checkKeys(schema);
    return new TextDecoding(
        () ->
            new DebeziumRows(
                schema,
                new JsonObjectReader(schema, style, ignoreErrors, false),
                schemaIncluded,
                metadata.stream().map(DebeziumMetadata::of).toList(),
                new JsonObjectReader(DebeziumMetadata.ENVELOPE, style, ignoreErrors, false)),
        ignoreErrors,
        ChangelogMode.ALL);
  }

  @Override
  public EncodingFormat encoding(RowType schema, Options options) {
    if (options.get(SCHEMA_INCLUDE)) {
      throw FormatErrors.schemaNotWritten();
    }
    JsonFactory.checkKeys(schema);
    JsonStyle style = JsonFactory.style(options);
    return new LineEncoding(
        out -> new DebeziumLineWriter(out, new JsonObjectWriter(schema, style)), ChangelogMode.ALL);
  }
}
