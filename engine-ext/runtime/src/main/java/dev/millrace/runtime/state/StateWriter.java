// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.state;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes state into memory, up to a limit. Single-threaded. */
public final class StateWriter {
  private static final int FIRST_CAPACITY = 1024;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final long limitBytes;
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  /**
   * @param limitBytes more is an error of category RESOURCE
   */
  public StateWriter(long limitBytes) {
    this.limitBytes = Math.min(limitBytes, MAX_ARRAY);
  }

  public int size() {
    return size;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    long needed = (long) size + more;
    if (needed > limitBytes) {
      throw SnapshotErrors.tooLarge(limitBytes);
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_ARRAY, Math.max(needed, size * 2L)));
    }
  }

  /** Begins a part whose length is not known yet; returns where it begins. */
  int beginPart() {
    room(Integer.BYTES);
    size += Integer.BYTES;
    return size;
  }

  /** Ends the part that begins there. */
  void endPart(int begin) {
    ByteBuffer.wrap(bytes).putInt(begin - Integer.BYTES, size - begin);
  }

  /** Ends with the checksum of all before; see {@link StateReader#checked}. */
  public void checksum() {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, size);
    room(Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(size, (int) checksum.getValue());
    size += Integer.BYTES;
  }

  void raw(byte[] from) {
    room(from.length);
    System.arraycopy(from, 0, bytes, size, from.length);
    size += from.length;
  }

  public void flag(boolean value) {
    room(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  /** A number that is mostly small, of either sign. */
  public void number(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  /** How many follow; 0 or more. */
  public void count(int value) {
    unsigned(value);
  }

  private void unsigned(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  public void text(String value) {
    int length = value.length();
    count(length);
    for (int i = 0; i < length; i++) {
      unsigned(value.charAt(i));
    }
  }

  public void bytes(byte[] value) {
    count(value.length);
    raw(value);
  }

  /**
   * The reference of a cell.
   *
   * @param value null, or as the kind says
   */
  public void value(ValueKind kind, Object value) {
    if (kind == ValueKind.NONE) {
      return;
    }
    flag(value != null);
    if (value != null) {
      switch (kind) {
        case NONE -> throw new IllegalStateException("handled above");
        case TEXT -> text((String) value);
        case BYTES -> bytes((byte[]) value);
        case DECIMAL -> decimal((BigDecimal) value);
      }
    }
  }

  private void decimal(BigDecimal value) {
    number(value.scale());
    bytes(value.unscaledValue().toByteArray());
  }
}
