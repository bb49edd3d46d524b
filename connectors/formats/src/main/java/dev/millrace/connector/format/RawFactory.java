// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.format.RecordWriter;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Set;

/** {@code 'format' = 'raw'}: the bytes of a record are its one column, as in Flink. */
public final class RawFactory implements FormatFactory {
  /** {@code raw.endianness}. */
  enum Endianness {
    BIG_ENDIAN(ByteOrder.BIG_ENDIAN),
    LITTLE_ENDIAN(ByteOrder.LITTLE_ENDIAN);

    private final ByteOrder order;

    Endianness(ByteOrder order) {
      this.order = order;
    }
  }

  static final ConfigOption<String> CHARSET =
      ConfigOption.string("charset", "How text is written as bytes.").defaultTo("UTF-8");
  static final ConfigOption<Endianness> ENDIANNESS =
      ConfigOption.oneOf("endianness", Endianness.class, "The order of a number's bytes.")
          .defaultTo(Endianness.BIG_ENDIAN);

  @Override
  public String identifier() {
    return "raw";
  }

  @Override
  public Set<ConfigOption<?>> options() {
    return Set.of(CHARSET, ENDIANNESS);
  }

  @Override
  public DecodingFormat decoding(RowType schema, Options options) {
    RawCell cell = cell(schema, options);
    return new DecodingFormat() {
      @Override
      public RecordReader open(InputStream in, String name, BadRecords badRecords) {
        return new RawLineReader(in, name, cell, badRecords);
      }

      @Override
      public MessageDecoder messages() {
        return new RawMessages(cell);
      }
    };
  }

  @Override
  public EncodingFormat encoding(RowType schema, Options options) {
    RawCell cell = cell(schema, options);
    return new EncodingFormat() {
      @Override
      public RecordWriter open(OutputStream out) {
        return new RawLineWriter(out, cell);
      }

      @Override
      public MessageEncoder messages() {
        return cell::get;
      }
    };
  }

  private static RawCell cell(RowType schema, Options options) {
    if (schema.size() != 1) {
      throw FormatErrors.notOneColumn(schema.names());
    }
    return RawCell.of(
        schema.columns().get(0), charset(options.get(CHARSET)), options.get(ENDIANNESS).order);
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw FormatErrors.unknownCharset(name);
    }
  }
}
