// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.TypeRoot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** Column 0 of a row as bytes and back. Immutable. */
record RawCell(Column column, Charset charset, ByteOrder order) {
  static RawCell of(Column column, Charset charset, ByteOrder order) {
    switch (column.type().root()) {
      case CHAR,
          VARCHAR,
          BINARY,
          VARBINARY,
          BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          FLOAT,
          DOUBLE -> {}
      case DECIMAL,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMP_LTZ,
          MAP,
          INTERVAL_YEAR_MONTH,
          INTERVAL_DAY_TIME,
          NULL ->
          throw FormatErrors.notRaw(column);
    }
    return new RawCell(column, charset, order);
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException if the bytes are no value of the column's type
   */
  void set(RowBatch batch, int row, byte[] bytes) {
    TypeRoot root = column.type().root();
    if (bytes == null) {
      if (!column.type().nullable()) {
        throw FormatErrors.nullValue(column);
      }
      batch.setNull(row, 0);
    } else if (root.isCharacter()) {
      batch.setString(row, 0, text(bytes));
    } else if (root.isBytes()) {
      batch.setBytes(row, 0, bytes.clone());
    } else {
      batch.setLong(row, 0, word(root, bytes));
    }
  }

  private String text(byte[] bytes) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw FormatErrors.malformed("the record is not " + charset, e);
    }
  }

  private long word(TypeRoot root, byte[] bytes) {
    if (bytes.length != width(root)) {
      throw FormatErrors.rawLength(column, width(root), bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    return switch (width(root)) {
      case Byte.BYTES -> root == TypeRoot.BOOLEAN ? (bytes[0] == 0 ? 0 : 1) : bytes[0];
      case Short.BYTES -> buffer.getShort();
      case Integer.BYTES -> buffer.getInt();
      default -> buffer.getLong();
    };
  }

  /** The column's bytes; null for NULL. */
  byte[] get(RowBatch batch, int row) {
    TypeRoot root = column.type().root();
    if (batch.isNull(row, 0)) {
      return null;
    }
    if (root.isCharacter()) {
      return batch.getString(row, 0).getBytes(charset);
    }
    if (root.isBytes()) {
      return batch.getBytes(row, 0).clone();
    }
    ByteBuffer buffer = ByteBuffer.allocate(width(root)).order(order);
    long word = batch.getLong(row, 0);
    switch (width(root)) {
      case Byte.BYTES -> buffer.put((byte) word);
      case Short.BYTES -> buffer.putShort((short) word);
      case Integer.BYTES -> buffer.putInt((int) word);
      default -> buffer.putLong(word);
    }
    return buffer.array();
  }

  private static int width(TypeRoot root) {
    return switch (root) {
      case BOOLEAN, TINYINT -> Byte.BYTES;
      case SMALLINT -> Short.BYTES;
      case INTEGER, FLOAT -> Integer.BYTES;
      default -> Long.BYTES;
    };
  }
}
