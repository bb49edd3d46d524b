// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Single-threaded. Avro's binary encoding in one message that is held whole. What the message says
 * of lengths is measured against what is there, before anything is allocated or counted: Avro's own
 * decoder allocates what it is told to.
 */
final class MessageBytes extends Decoder {
  private static final int MAX_VARINT_BYTES = 10;

  private byte[] bytes = {};
  private int at;
  private long items;

  /** Goes to a message, of which so many bytes are somebody else's. */
  void begin(byte[] message, int start) {
    bytes = message;
    at = start;
    items = 0;
  }

  /** Bytes not read yet. */
  int remaining() {
    return bytes.length - at;
  }

  private int take(long count) throws EOFException {
    if (count < 0 || count > remaining()) {
      throw new EOFException(
          "a length of %d is claimed at byte %d, %d bytes are left"
              .formatted(count, at, remaining()));
    }
    int start = at;
    at += (int) count;
    return start;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    byte value = bytes[take(1)];
    if (value != 0 && value != 1) {
      throw new IOException("the byte %d is no boolean".formatted(value));
    }
    return value == 1;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("%d is no int".formatted(value));
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      byte part = bytes[take(1)];
      value |= (long) (part & 0x7f) << (7 * i);
      if (part >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new IOException("a number has no end at byte " + at);
  }

  @Override
  public float readFloat() throws IOException {
    return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
  }

  @Override
  public double readDouble() throws IOException {
    return Double.longBitsToDouble(littleEndian(Double.BYTES));
  }

  private long littleEndian(int count) throws IOException {
    int start = take(count);
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | bytes[start + i] & 0xff;
    }
    return value;
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return new Utf8(readBytes(null).array());
  }

  @Override
  public String readString() throws IOException {
    int length = length();
    return text(ByteBuffer.wrap(bytes, take(length), length));
  }

  /**
   * @throws CharacterCodingException if it is not UTF-8
   */
  static String text(ByteBuffer utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
  }

  @Override
  public void skipString() throws IOException {
    take(readLong());
  }

  /** Copies, with an array of just that length. */
  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    byte[] copy = new byte[length()];
    readFixed(copy, 0, copy.length);
    return ByteBuffer.wrap(copy);
  }

  private int length() throws IOException {
    long length = readLong();
    at = take(length);
    return (int) length;
  }

  @Override
  public void skipBytes() throws IOException {
    take(readLong());
  }

  @Override
  public void readFixed(byte[] to, int start, int length) throws IOException {
    System.arraycopy(bytes, take(length), to, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    take(length);
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    long count = readLong();
    if (count < 0) {
      readLong();
      count = -count;
    }
    return counted(count);
  }

  @Override
  public long arrayNext() throws IOException {
    return readArrayStart();
  }

  /** Blocks that say how long they are, are skipped at once. */
  @Override
  public long skipArray() throws IOException {
    long count = readLong();
    while (count < 0) {
      take(readLong());
      count = readLong();
    }
    return counted(count);
  }

  /** Items may take no bytes at all, so all of a message together are bounded, too. */
  private long counted(long count) throws IOException {
    if (count < 0 || count > bytes.length - items) {
      throw new IOException("%d items are claimed at byte %d".formatted(count, at));
    }
    items += count;
    return count;
  }

  @Override
  public long readMapStart() throws IOException {
    return readArrayStart();
  }

  @Override
  public long mapNext() throws IOException {
    return readArrayStart();
  }

  @Override
  public long skipMap() throws IOException {
    return skipArray();
  }
}
