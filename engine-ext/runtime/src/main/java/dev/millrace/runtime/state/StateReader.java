// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.state;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads what a {@link StateWriter} has written, and believes none of it: what does not fit is a
 * named error before memory is taken for it. Single-threaded.
 */
public final class StateReader {
  private static final int MAX_VARINT_BITS = 63;
  private static final int MAX_DECIMAL_BYTES = 64;
  private static final int MAX_SCALE = 1000;

  private final byte[] bytes;
  private final int end;
  private int at;
  private final Budget budget;

  /**
   * @param budgetBytes memory that may be taken beyond what the bytes themselves account for
   */
  public StateReader(byte[] bytes, long budgetBytes) {
    this(bytes, 0, bytes.length, new Budget(budgetBytes));
  }

  private StateReader(byte[] bytes, int from, int end, Budget budget) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.budget = budget;
  }

  /** Memory left, for all parts of a snapshot together. */
  private static final class Budget {
    private long bytes;

    Budget(long bytes) {
      this.bytes = bytes;
    }
  }

  /** All but the checksum at the end, which must fit. */
  public static StateReader checked(byte[] bytes, long budgetBytes) {
    int length = bytes.length - Integer.BYTES;
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, Math.max(0, length));
    if (length < 0 || ByteBuffer.wrap(bytes).getInt(length) != (int) checksum.getValue()) {
      throw SnapshotErrors.damaged("its checksum does not fit");
    }
    return new StateReader(bytes, 0, length, new Budget(budgetBytes));
  }

  private int remaining() {
    return end - at;
  }

  /** Asks for memory before it is taken. */
  public void reserve(long moreBytes) {
    check(moreBytes >= 0 && moreBytes <= budget.bytes, "more memory than there may be");
    budget.bytes -= moreBytes;
  }

  /**
   * Holds what was read to a condition.
   *
   * @param otherwise what is wrong if it does not hold
   */
  public void check(boolean condition, String otherwise) {
    if (!condition) {
      throw SnapshotErrors.damaged(otherwise + " at byte " + at);
    }
  }

  public boolean isAtEnd() {
    return remaining() == 0;
  }

  /** Holds that nothing is left. */
  public void finish() {
    check(remaining() == 0, remaining() + " bytes too many");
  }

  byte[] raw(int length) {
    check(length <= remaining(), "too short");
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** A reader of the next part alone. */
  StateReader part() {
    int length = ByteBuffer.wrap(raw(Integer.BYTES)).getInt();
    check(length >= 0 && length <= remaining(), "too short");
    at += length;
    return new StateReader(bytes, at - length, at, budget);
  }

  public boolean flag() {
    check(remaining() >= 1, "too short");
    byte value = bytes[at++];
    check(value == 0 || value == 1, "a flag that is " + value);
    return value == 1;
  }

  public long number() {
    long folded = unsigned();
    return (folded >>> 1) ^ -(folded & 1);
  }

  /** How many follow, each of them at least a byte long. */
  public int count() {
    long value = unsigned();
    check(value >= 0 && value <= remaining(), "a count of " + value);
    return (int) value;
  }

  /** A number within bounds, both included. */
  public int number(int least, int most) {
    long value = number();
    check(value >= least && value <= most, "a number of " + value);
    return (int) value;
  }

  private long unsigned() {
    long value = 0;
    for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
      check(remaining() >= 1, "too short");
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw SnapshotErrors.damaged("an endless number at byte " + at);
  }

  public String text() {
    char[] chars = new char[count()];
    for (int i = 0; i < chars.length; i++) {
      long value = unsigned();
      check(value >= 0 && value <= Character.MAX_VALUE, "a char of " + value);
      chars[i] = (char) value;
    }
    return new String(chars);
  }

  public byte[] bytes() {
    return raw(count());
  }

  /** The reference of a cell; null, or as the kind says. */
  public Object value(ValueKind kind) {
    if (kind == ValueKind.NONE || !flag()) {
      return null;
    }
    return switch (kind) {
      case NONE -> throw new IllegalStateException("handled above");
      case TEXT -> text();
      case BYTES -> bytes();
      case DECIMAL -> decimal();
    };
  }

  private BigDecimal decimal() {
    int scale = number(-MAX_SCALE, MAX_SCALE);
    byte[] unscaled = bytes();
    check(
        unscaled.length >= 1 && unscaled.length <= MAX_DECIMAL_BYTES,
        "a decimal of " + unscaled.length + " bytes");
    return new BigDecimal(new BigInteger(unscaled), scale);
  }
}
