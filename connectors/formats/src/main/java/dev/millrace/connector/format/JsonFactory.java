// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.format.ProjectableDecodingFormat;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.io.InputStream;
import java.util.Set;

/** {@code 'format' = 'json'}: one object a line, fields by name, as in Flink. */
public final class JsonFactory implements FormatFactory {
  static final ConfigOption<Boolean> FAIL_ON_MISSING_FIELD =
      ConfigOption.bool("fail-on-missing-field", "An absent field makes the record bad, not NULL.")
          .defaultTo(false);
  static final ConfigOption<Boolean> IGNORE_PARSE_ERRORS =
      ConfigOption.bool(
              "ignore-parse-errors",
              "A bad field is NULL and a bad row is left out; otherwise the row is a dead letter.")
          .defaultTo(false);
  static final ConfigOption<TimestampStyle> TIMESTAMP_FORMAT =
      ConfigOption.oneOf(
              "timestamp-format.standard",
              TimestampStyle.class,
              "SQL is '2026-01-02 03:04:05.678', ISO-8601 is '2026-01-02T03:04:05.678'.")
          .defaultTo(TimestampStyle.SQL);
  static final ConfigOption<Boolean> ENCODE_DECIMAL_AS_PLAIN_NUMBER =
      ConfigOption.bool(
              "encode.decimal-as-plain-number",
              "Decimals are written as 1000.00 and not without trailing zeros, as 1E+3.")
          .defaultTo(false);
  static final ConfigOption<Boolean> ENCODE_IGNORE_NULL_FIELDS =
      ConfigOption.bool("encode.ignore-null-fields", "NULL fields are not written.")
          .defaultTo(false);
  static final ConfigOption<MapNullKey> MAP_NULL_KEY_MODE =
      ConfigOption.oneOf(
              "map-null-key.mode",
              MapNullKey.class,
              "What becomes of an entry of a MAP whose key is NULL: FAIL makes the row bad, DROP"
                  + " leaves the entry out, LITERAL writes 'map-null-key.literal'.")
          .defaultTo(MapNullKey.FAIL);
  static final ConfigOption<String> MAP_NULL_KEY_LITERAL =
      ConfigOption.string("map-null-key.literal", "The name of a key that is NULL.")
          .defaultTo("null");
  static final ConfigOption<Boolean> DECODE_JSON_PARSER_ENABLED =
      ConfigOption.bool(
              "decode.json-parser.enabled", "Accepted and without meaning: records are streamed.")
          .defaultTo(true);

  @Override
  public String identifier() {
    return "json";
  }

  @Override
  public Set<ConfigOption<?>> options() {
    return Set.of(
        FAIL_ON_MISSING_FIELD,
        IGNORE_PARSE_ERRORS,
        TIMESTAMP_FORMAT,
        ENCODE_DECIMAL_AS_PLAIN_NUMBER,
        ENCODE_IGNORE_NULL_FIELDS,
        MAP_NULL_KEY_MODE,
        MAP_NULL_KEY_LITERAL,
        DECODE_JSON_PARSER_ENABLED);
  }

  @Override
  public DecodingFormat decoding(RowType schema, Options options) {
    boolean ignoreErrors = options.get(IGNORE_PARSE_ERRORS);
    boolean failOnMissing = options.get(FAIL_ON_MISSING_FIELD);
    if (ignoreErrors && failOnMissing) {
      throw FormatErrors.missingFieldsIgnoredAndNot();
    }
    checkKeys(schema);
    return decoding(schema, options.get(TIMESTAMP_FORMAT), ignoreErrors, failOnMissing);
  }

  private static DecodingFormat decoding(
      RowType schema, TimestampStyle style, boolean ignoreErrors, boolean failOnMissing) {
    return new ProjectableDecodingFormat() {
      @Override
      public RecordReader open(InputStream in, String name, BadRecords badRecords) {
        return new JsonLineReader(new CharWindow(in), name, rows(), ignoreErrors, badRecords);
      }

      @Override
      public MessageDecoder messages() {
        return new JsonMessages(rows(), ignoreErrors);
      }

      @Override
      public DecodingFormat project(int[] columns) {
        return decoding(schema.select(columns), style, ignoreErrors, failOnMissing);
      }

      private TextRows rows() {
        return new JsonRows(new JsonObjectReader(schema, style, ignoreErrors, failOnMissing));
      }
    };
  }

  @Override
  public EncodingFormat encoding(RowType schema, Options options) {
    checkKeys(schema);
    JsonStyle style = style(options);
    return new LineEncoding(
        out -> new JsonLineWriter(out, new JsonObjectWriter(schema, style)),
        ChangelogMode.INSERT_ONLY);
  }

  static JsonStyle style(Options options) {
    return new JsonStyle(
        options.get(TIMESTAMP_FORMAT),
        options.get(ENCODE_DECIMAL_AS_PLAIN_NUMBER),
        options.get(ENCODE_IGNORE_NULL_FIELDS),
        options.get(MAP_NULL_KEY_MODE),
        options.get(MAP_NULL_KEY_LITERAL));
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException category SQL, if a map has keys that are no
   *     names
   */
  static void checkKeys(RowType schema) {
    for (Column column : schema.columns()) {
      DataType type = column.type();
      while (type.root() == TypeRoot.MAP) {
        if (!type.key().root().isCharacter()) {
          throw FormatErrors.keyNotText(column);
        }
        type = type.value();
      }
    }
  }
}
