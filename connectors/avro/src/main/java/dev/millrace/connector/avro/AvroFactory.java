// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.format.MessagesOnly;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.format.RecordWriter;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.Supplier;

/** {@code 'format' = 'avro'}: records of the schema that follows from the table's columns. */
public final class AvroFactory implements FormatFactory {
  /** {@code avro.encoding}. */
  enum Encoding {
    BINARY,
    JSON
  }

  static final ConfigOption<Encoding> ENCODING =
      ConfigOption.oneOf("encoding", Encoding.class, "Avro's compact encoding, or its JSON.")
          .defaultTo(Encoding.BINARY);
  static final ConfigOption<Boolean> LEGACY_TIMESTAMPS =
      ConfigOption.bool(
              "timestamp_mapping.legacy",
              "TIMESTAMP is Avro's timestamp and TIMESTAMP_LTZ cannot be used; otherwise they are"
                  + " local-timestamp and timestamp.")
          .defaultTo(true);

  @Override
  public String identifier() {
    return "avro";
  }

  @Override
  public Set<ConfigOption<?>> options() {
    return Set.of(ENCODING, LEGACY_TIMESTAMPS);
  }

  @Override
  public DecodingFormat decoding(RowType schema, Options options) {
    TableSchema table = table(schema, options);
    Encoding encoding = options.get(ENCODING);
    return new Decoding(() -> new AvroMessages(PlainRecords.of(table, encoding)));
  }

  @Override
  public EncodingFormat encoding(RowType schema, Options options) {
    TableSchema table = table(schema, options);
    Encoding encoding = options.get(ENCODING);
    return new Writing(() -> new AvroRecords(table, encoding, out -> {}));
  }

  private static TableSchema table(RowType schema, Options options) {
    return TableSchema.of(
        schema, options.get(LEGACY_TIMESTAMPS) ? Dialect.AVRO : Dialect.AVRO_EXACT);
  }

  /** Messages only. */
  record Decoding(Supplier<MessageDecoder> decoders) implements DecodingFormat, MessagesOnly {
    @Override
    public RecordReader open(InputStream in, String name, BadRecords badRecords) {
      throw new UnsupportedOperationException("the format reads single messages only");
    }

    @Override
    public MessageDecoder messages() {
      return decoders.get();
    }
  }

  /** Messages only. */
  record Writing(Supplier<MessageEncoder> encoders) implements EncodingFormat, MessagesOnly {
    @Override
    public RecordWriter open(OutputStream out) {
      throw new UnsupportedOperationException("the format writes single messages only");
    }

    @Override
    public MessageEncoder messages() {
      return encoders.get();
    }
  }
}
