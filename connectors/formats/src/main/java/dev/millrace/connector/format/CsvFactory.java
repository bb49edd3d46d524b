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
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@code 'format' = 'csv'}: fields by position, no header line, as in Flink. */
public final class CsvFactory implements FormatFactory {
  static final ConfigOption<String> FIELD_DELIMITER =
      ConfigOption.string(
              "field-delimiter",
              "The character between fields; '\\t' and '\\u0001' stand for what they do in Java.")
          .defaultTo(",");
  static final ConfigOption<Boolean> DISABLE_QUOTE_CHARACTER =
      ConfigOption.bool("disable-quote-character", "No field is quoted.").defaultTo(false);
  static final ConfigOption<String> QUOTE_CHARACTER =
      ConfigOption.string("quote-character", "The character around a field; by default '\"'.");
  static final ConfigOption<Boolean> ALLOW_COMMENTS =
      ConfigOption.bool("allow-comments", "Lines that start with '#' are left out.")
          .defaultTo(false);
  static final ConfigOption<Boolean> IGNORE_PARSE_ERRORS =
      ConfigOption.bool(
              "ignore-parse-errors",
              "A bad field is NULL and a bad row is left out; otherwise the row is a dead letter.")
          .defaultTo(false);
  static final ConfigOption<String> ESCAPE_CHARACTER =
      ConfigOption.string(
          "escape-character", "Takes the next character literally; without it, none does.");
  static final ConfigOption<String> NULL_LITERAL =
      ConfigOption.string("null-literal", "A field of exactly this text is NULL.");
  static final ConfigOption<Boolean> SCIENTIFIC_NOTATION =
      ConfigOption.bool(
              "write-bigdecimal-in-scientific-notation",
              "Decimals are written without trailing zeros: 1000 as 1E+3.")
          .defaultTo(true);
  static final ConfigOption<Boolean> TRIM_SPACES =
      ConfigOption.bool("trim-spaces", "White space around an unquoted field is left out.")
          .defaultTo(false);
  static final ConfigOption<Boolean> IGNORE_TRAILING_UNMAPPABLE =
      ConfigOption.bool(
              "ignore-trailing-unmappable", "Fields beyond the table's columns are left out.")
          .defaultTo(false);
  static final ConfigOption<Boolean> ALLOW_TRAILING_COMMA =
      ConfigOption.bool("allow-trailing-comma", "A row may end with a delimiter.").defaultTo(true);
  static final ConfigOption<Boolean> FAIL_ON_MISSING_COLUMNS =
      ConfigOption.bool(
              "fail-on-missing-columns",
              "A short row is bad even with 'ignore-parse-errors', which else fills it with NULL.")
          .defaultTo(false);
  static final ConfigOption<Boolean> EMPTY_STRING_AS_NULL =
      ConfigOption.bool("empty-string-as-null", "An empty field is NULL.").defaultTo(false);

  private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u+([0-9a-fA-F]{4})");

  @Override
  public String identifier() {
    return "csv";
  }

  @Override
  public Set<ConfigOption<?>> options() {
    return Set.of(
        FIELD_DELIMITER,
        DISABLE_QUOTE_CHARACTER,
        QUOTE_CHARACTER,
        ALLOW_COMMENTS,
        IGNORE_PARSE_ERRORS,
        ESCAPE_CHARACTER,
        NULL_LITERAL,
        SCIENTIFIC_NOTATION,
        TRIM_SPACES,
        IGNORE_TRAILING_UNMAPPABLE,
        ALLOW_TRAILING_COMMA,
        FAIL_ON_MISSING_COLUMNS,
        EMPTY_STRING_AS_NULL);
  }

  @Override
  public DecodingFormat decoding(RowType schema, Options options) {
    refuseMaps(schema);
    CsvDialect dialect = dialect(options);
    CsvRules rules =
        new CsvRules(
            options.get(IGNORE_PARSE_ERRORS),
            options.get(IGNORE_TRAILING_UNMAPPABLE),
            options.get(ALLOW_TRAILING_COMMA),
            options.get(FAIL_ON_MISSING_COLUMNS),
            options.get(EMPTY_STRING_AS_NULL),
            options.find(NULL_LITERAL));
    int[] all = IntStream.range(0, schema.size()).toArray();
    return new Decoding(schema, all, dialect, rules);
  }

  @Override
  public EncodingFormat encoding(RowType schema, Options options) {
    refuseMaps(schema);
    CsvDialect dialect = dialect(options);
    String nullLiteral = options.find(NULL_LITERAL).orElse("");
    boolean scientific = options.get(SCIENTIFIC_NOTATION);
    return new LineEncoding(
        out -> new CsvWriter(out, schema, dialect, nullLiteral, scientific),
        ChangelogMode.INSERT_ONLY);
  }

  private static void refuseMaps(RowType schema) {
    for (Column column : schema.columns()) {
      if (column.type().root() == TypeRoot.MAP) {
        throw FormatErrors.noMap("csv", column);
      }
    }
  }

  /** Of some fields of each record. */
  private static final class Decoding implements ProjectableDecodingFormat {
    private final RowType schema;
    private final int[] fields;
    private final CsvDialect dialect;
    private final CsvRules rules;

    Decoding(RowType schema, int[] fields, CsvDialect dialect, CsvRules rules) {
      this.schema = schema;
      this.fields = fields;
      this.dialect = dialect;
      this.rules = rules;
    }

    @Override
    public RecordReader open(InputStream in, String name, BadRecords badRecords) {
      return new CsvReader(records(in, name), schema, fields, rules, badRecords);
    }

    @Override
    public MessageDecoder messages() {
      CsvTokenizer records = records(InputStream.nullInputStream(), "message");
      return new CsvMessages(
          records, new CsvReader(records, schema, fields, rules, CsvMessages::fail));
    }

    @Override
    public DecodingFormat project(int[] columns) {
      return new Decoding(
          schema, Arrays.stream(columns).map(c -> fields[c]).toArray(), dialect, rules);
    }

    private CsvTokenizer records(InputStream in, String name) {
      return new CsvTokenizer(new CharWindow(in), dialect, name);
    }
  }

  private static CsvDialect dialect(Options options) {
    boolean unquoted = options.get(DISABLE_QUOTE_CHARACTER);
    if (unquoted && options.find(QUOTE_CHARACTER).isPresent()) {
      throw FormatErrors.quoteDisabledAndSet();
    }
    String delimiter = options.get(FIELD_DELIMITER);
    int quote = options.find(QUOTE_CHARACTER).map(c -> single(QUOTE_CHARACTER, c, c)).orElse('"');
    return new CsvDialect(
        single(FIELD_DELIMITER, delimiter, unescape(delimiter)),
        unquoted ? CsvDialect.NONE : quote,
        options
            .find(ESCAPE_CHARACTER)
            .map(c -> (int) single(ESCAPE_CHARACTER, c, c))
            .orElse(CsvDialect.NONE),
        options.get(ALLOW_COMMENTS),
        options.get(TRIM_SPACES));
  }

  private static char single(ConfigOption<String> option, String written, String meant) {
    if (meant.length() != 1) {
      throw FormatErrors.notOneCharacter("csv." + option.key(), written);
    }
    return meant.charAt(0);
  }

  /** Java's escapes, as Flink allows them for the delimiter. */
  private static String unescape(String text) {
    Matcher unicode = UNICODE_ESCAPE.matcher(text);
    if (unicode.matches()) {
      return String.valueOf((char) Integer.parseInt(unicode.group(1), 16));
    }
    try {
      return text.translateEscapes();
    } catch (IllegalArgumentException e) {
      throw FormatErrors.notOneCharacter("csv." + FIELD_DELIMITER.key(), text);
    }
  }
}
