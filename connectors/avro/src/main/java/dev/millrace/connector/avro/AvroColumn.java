// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.TypeRoot;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/**
 * One column in a record. Immutable.
 *
 * @param position in the table and in the schema's fields
 * @param schema of a value that is not NULL
 * @param nullBranch of the union the field is, or -1 for a field that is never NULL
 */
record AvroColumn(int position, Column column, Schema schema, int nullBranch) {
  private static final int MICROS_PER_MILLI = 1000;
  private static final int MILLIS_PER_DAY = 86_400_000;

  /** More bytes than a decimal needs, whatever its sign is padded with. */
  private static final int MAX_DECIMAL_BYTES = 64;

  private static final long[] MICROS_OF_PRECISION = {1_000_000, 100_000, 10_000, 1000, 100, 10, 1};

  static AvroColumn of(int position, Column column, Schema field) {
    if (field.getType() != Schema.Type.UNION) {
      return new AvroColumn(position, column, field, -1);
    }
    List<Schema> branches = field.getTypes();
    int nullBranch = branches.indexOf(Schema.create(Schema.Type.NULL));
    return new AvroColumn(position, column, branches.get(nullBranch == 0 ? 1 : 0), nullBranch);
  }

  /**
   * What a writer's values of this column mean, where that is not in the types Avro compares.
   *
   * @param microsPerUnit of a timestamp's number
   * @param scale of a decimal's number
   */
  record Meaning(int microsPerUnit, int scale) {}

  /** By the schema a field was written with, which may be a union; null if it was not written. */
  Meaning meaning(Schema written) {
    Schema value = written == null ? schema : valueOf(written);
    int scale =
        value.getLogicalType() instanceof LogicalTypes.Decimal decimal
            ? decimal.getScale()
            : column.type().scale();
    return new Meaning(microsPerUnit(value), scale);
  }

  private Schema valueOf(Schema written) {
    return written.getType() != Schema.Type.UNION
        ? written
        : written.getTypes().stream()
            .filter(branch -> branch.getType() == schema.getType())
            .findFirst()
            .orElse(schema);
  }

  private int microsPerUnit(Schema value) {
    String name = value.getLogicalType() == null ? "" : value.getLogicalType().getName();
    return switch (name) {
      case "timestamp-millis", "local-timestamp-millis" -> MICROS_PER_MILLI;
      case "timestamp-micros", "local-timestamp-micros" -> 1;
      case "timestamp-nanos", "local-timestamp-nanos" -> 0;
      default -> value == schema ? 1 : microsPerUnit(schema);
    };
  }

  /**
   * Reads the next value, which must be this column's.
   *
   * @throws dev.millrace.spi.error.MillraceException category DATA, if it is none
   * @throws RuntimeException if the record is not what its schema says
   */
  void read(Decoder in, Meaning meaning, RowBatch batch, int row) throws IOException {
    if (nullBranch >= 0 && in.readIndex() == nullBranch) {
      in.readNull();
      batch.setNull(row, position);
      return;
    }
    TypeRoot root = column.type().root();
    switch (root) {
      case BOOLEAN -> batch.setBoolean(row, position, in.readBoolean());
      case TINYINT -> batch.setLong(row, position, within(in.readInt(), Byte.MIN_VALUE, 0x7f));
      case SMALLINT -> batch.setLong(row, position, within(in.readInt(), Short.MIN_VALUE, 0x7fff));
      case INTEGER, DATE -> batch.setLong(row, position, in.readInt());
      case BIGINT -> batch.setLong(row, position, in.readLong());
      case FLOAT -> batch.setFloat(row, position, in.readFloat());
      case DOUBLE -> batch.setDouble(row, position, in.readDouble());
      case CHAR, VARCHAR -> batch.setString(row, position, text(in));
      case BINARY, VARBINARY -> batch.setBytes(row, position, bytes(in));
      case DECIMAL -> batch.setDecimal(row, position, decimal(bytes(in), meaning.scale()));
      case TIME ->
          batch.setLong(
              row, position, cut(within(in.readInt(), 0, MILLIS_PER_DAY - 1) * 1000) / 1000);
      case TIMESTAMP, TIMESTAMP_LTZ ->
          batch.setLong(row, position, cut(micros(in.readLong(), meaning.microsPerUnit())));
      case MAP, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL ->
          throw new IllegalStateException(root + " is no type of a column");
    }
  }

  private long within(long value, long least, long most) {
    if (value < least || value > most) {
      throw AvroErrors.badValue(column, value, "out of range");
    }
    return value;
  }

  private String text(Decoder in) throws IOException {
    if (schema.getType() == Schema.Type.ENUM) {
      return schema.getEnumSymbols().get(in.readEnum());
    }
    Utf8 text = in.readString(null);
    return MessageBytes.text(ByteBuffer.wrap(text.getBytes(), 0, text.getByteLength()));
  }

  private byte[] bytes(Decoder in) throws IOException {
    if (schema.getType() == Schema.Type.FIXED) {
      byte[] fixed = new byte[schema.getFixedSize()];
      in.readFixed(fixed);
      return fixed;
    }
    ByteBuffer buffer = in.readBytes(null);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private BigDecimal decimal(byte[] unscaled, int scale) {
    if (unscaled.length == 0 || unscaled.length > MAX_DECIMAL_BYTES) {
      throw AvroErrors.badValue(column, "a number of " + unscaled.length + " bytes", "no decimal");
    }
    BigDecimal value = new BigDecimal(new BigInteger(unscaled), scale);
    try {
      BigDecimal scaled = value.setScale(column.type().scale());
      if (scaled.precision() <= column.type().precision()) {
        return scaled;
      }
    } catch (ArithmeticException e) {
      throw AvroErrors.badValue(column, value, "it has more digits after the point");
    }
    throw AvroErrors.badValue(column, value, "it has more digits");
  }

  private long micros(long units, int microsPerUnit) {
    try {
      return microsPerUnit == 0
          ? Math.floorDiv(units, MICROS_PER_MILLI)
          : Math.multiplyExact(units, (long) microsPerUnit);
    } catch (ArithmeticException e) {
      throw AvroErrors.badValue(column, units, "out of range");
    }
  }

  /** To the column's precision. */
  private long cut(long micros) {
    long unit = MICROS_OF_PRECISION[column.type().precision()];
    return Math.floorDiv(micros, unit) * unit;
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the schema cannot hold it
   */
  void write(RowBatch batch, int row, Encoder out) throws IOException {
    boolean isNull = batch.isNull(row, position);
    if (nullBranch >= 0) {
      out.writeIndex(isNull ? nullBranch : 1 - nullBranch);
      if (isNull) {
        out.writeNull();
        return;
      }
    } else if (isNull) {
      throw AvroErrors.badValue(column, "NULL", "the schema has no null there");
    }
    TypeRoot root = column.type().root();
    switch (root) {
      case BOOLEAN -> out.writeBoolean(batch.getBoolean(row, position));
      case TINYINT, SMALLINT, INTEGER, DATE, TIME ->
          out.writeInt(Math.toIntExact(batch.getLong(row, position)));
      case BIGINT -> out.writeLong(batch.getLong(row, position));
      case FLOAT -> out.writeFloat(batch.getFloat(row, position));
      case DOUBLE -> out.writeDouble(batch.getDouble(row, position));
      case CHAR, VARCHAR -> writeText(batch.getString(row, position), out);
      case BINARY, VARBINARY -> writeBytes(batch.getBytes(row, position), out);
      case DECIMAL ->
          writeDecimal(batch.getDecimal(row, position).unscaledValue().toByteArray(), out);
      case TIMESTAMP, TIMESTAMP_LTZ ->
          out.writeLong(Math.floorDiv(batch.getLong(row, position), microsPerUnit(schema)));
      case MAP, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL ->
          throw new IllegalStateException(root + " is no type of a column");
    }
  }

  private void writeText(String text, Encoder out) throws IOException {
    if (schema.getType() != Schema.Type.ENUM) {
      out.writeString(text);
    } else if (schema.hasEnumSymbol(text)) {
      out.writeEnum(schema.getEnumOrdinal(text));
    } else {
      throw AvroErrors.badValue(column, "'" + text + "'", "no symbol of " + schema.getFullName());
    }
  }

  private void writeBytes(byte[] bytes, Encoder out) throws IOException {
    if (schema.getType() != Schema.Type.FIXED) {
      out.writeBytes(bytes);
    } else if (bytes.length == schema.getFixedSize()) {
      out.writeFixed(bytes);
    } else {
      throw AvroErrors.badValue(
          column, bytes.length + " bytes", schema.getFixedSize() + " are needed");
    }
  }

  private void writeDecimal(byte[] unscaled, Encoder out) throws IOException {
    if (schema.getType() != Schema.Type.FIXED) {
      out.writeBytes(unscaled);
      return;
    }
    int padding = schema.getFixedSize() - unscaled.length;
    if (padding < 0) {
      throw AvroErrors.badValue(
          column, new BigInteger(unscaled), "it does not fit " + schema.getFixedSize() + " bytes");
    }
    byte[] fixed = new byte[schema.getFixedSize()];
    Arrays.fill(fixed, 0, padding, (byte) (unscaled[0] < 0 ? -1 : 0));
    System.arraycopy(unscaled, 0, fixed, padding, unscaled.length);
    out.writeFixed(fixed);
  }
}
