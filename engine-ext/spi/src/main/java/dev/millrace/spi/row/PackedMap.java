// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A value of type MAP: its entries in order, each key once, as one array that is never changed.
 *
 * <pre>
 *   count int | key cell | value cell | key cell | …
 *   cell: length int, -1 for NULL | text as UTF-8; bytes, and maps, as they are; a word as a long
 * </pre>
 *
 * Numbers are big-endian. Keys and values are text, bytes or words by the storage of the map's
 * types; who reads must know them.
 */
public final class PackedMap {
  /** The place of what is not there. */
  public static final int NOWHERE = -1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private PackedMap() {}

  /** How many entries it has. */
  public static int size(byte[] map) {
    return intAt(map, 0);
  }

  /**
   * Where the value of a key begins.
   *
   * @param key null for the key NULL
   * @return {@link #NOWHERE} if the map has no such key, or its value is NULL
   */
  public static int find(byte[] map, String key) {
    return find(map, key == null ? null : key.getBytes(StandardCharsets.UTF_8));
  }

  /** As above, of keys that are bytes or maps. */
  public static int find(byte[] map, byte[] key) {
    return find(map, key, 0, key == null ? NOWHERE : key.length);
  }

  /** As above, of keys that are words. */
  public static int find(byte[] map, long key) {
    return find(map, cell(key));
  }

  private static int find(byte[] map, byte[] key, int from, int length) {
    int at = Integer.BYTES;
    for (int left = size(map); left > 0; left--) {
      int value = end(map, at);
      if (isCell(map, at, key, from, length)) {
        return intAt(map, value) < 0 ? NOWHERE : value;
      }
      at = end(map, value);
    }
    return NOWHERE;
  }

  /** Whether the cell holds these bytes, NULL if their length is negative. */
  private static boolean isCell(byte[] map, int at, byte[] other, int from, int length) {
    int start = at + Integer.BYTES;
    return intAt(map, at) == length
        && (length <= 0 || Arrays.equals(map, start, start + length, other, from, from + length));
  }

  /** The text at a place {@link #find} gave; null at {@link #NOWHERE}. */
  public static String text(byte[] map, int at) {
    return at < 0
        ? null
        : new String(map, at + Integer.BYTES, intAt(map, at), StandardCharsets.UTF_8);
  }

  /** The bytes, or map, at a place {@link #find} gave; null at {@link #NOWHERE}. */
  public static byte[] bytes(byte[] map, int at) {
    return at < 0
        ? null
        : Arrays.copyOfRange(map, at + Integer.BYTES, at + Integer.BYTES + intAt(map, at));
  }

  /** The word at a place {@link #find} gave; 0 at {@link #NOWHERE}. */
  public static long word(byte[] map, int at) {
    return at < 0 ? 0 : (long) LONG.get(map, at + Integer.BYTES);
  }

  /** Whether both have the same entries, in whatever order. */
  public static boolean equal(byte[] left, byte[] right) {
    if (Arrays.equals(left, right)) {
      return true;
    }
    if (left.length != right.length || size(left) != size(right)) {
      return false;
    }
    int at = Integer.BYTES;
    for (int entries = size(left); entries > 0; entries--) {
      int end = end(left, end(left, at));
      if (!hasEntry(right, left, at, end)) {
        return false;
      }
      at = end;
    }
    return true;
  }

  /** Keys differ, so that an entry is found once at most. */
  private static boolean hasEntry(byte[] map, byte[] other, int from, int to) {
    int at = Integer.BYTES;
    for (int left = size(map); left > 0; left--) {
      int end = end(map, end(map, at));
      if (Arrays.equals(map, at, end, other, from, to)) {
        return true;
      }
      at = end;
    }
    return false;
  }

  /** Where the cell after this one begins. */
  private static int end(byte[] map, int at) {
    return at + Integer.BYTES + Math.max(0, intAt(map, at));
  }

  private static int intAt(byte[] map, int at) {
    return (int) INT.get(map, at);
  }

  private static byte[] cell(long word) {
    byte[] bytes = new byte[Long.BYTES];
    LONG.set(bytes, 0, word);
    return bytes;
  }

  /** The cells of a map one after the other: key, value, key, value. Single-threaded. */
  public static final class Cells {
    private final byte[] map;
    private int at = NOWHERE;

    public Cells(byte[] map) {
      this.map = map;
    }

    /** Goes to the next cell, of which there must be one: twice {@link PackedMap#size}. */
    public void next() {
      at = at < 0 ? Integer.BYTES : end(map, at);
    }

    public boolean isNull() {
      return intAt(map, at) < 0;
    }

    /** Null for NULL. */
    public String text() {
      return PackedMap.text(map, isNull() ? NOWHERE : at);
    }

    /** Null for NULL. */
    public byte[] bytes() {
      return PackedMap.bytes(map, isNull() ? NOWHERE : at);
    }

    /** 0 for NULL. */
    public long word() {
      return PackedMap.word(map, isNull() ? NOWHERE : at);
    }
  }

  /**
   * Packs cells one after the other: key, value, key, value. Of a key given twice the last value
   * counts, at the place of the first. Single-threaded.
   */
  public static final class Builder {
    private static final int FIRST_CAPACITY = 64;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size = Integer.BYTES;
    private int count;

    /** Where the entry begins whose value is next; {@link #NOWHERE} if a key is. */
    private int entry = NOWHERE;

    /**
     * @param text null for NULL
     */
    public Builder add(String text) {
      return add(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param cell bytes or a map; null for NULL
     */
    public Builder add(byte[] cell) {
      int length = cell == null ? 0 : cell.length;
      reserve(length);
      INT.set(bytes, size, cell == null ? NOWHERE : length);
      if (length > 0) {
        System.arraycopy(cell, 0, bytes, size + Integer.BYTES, length);
      }
      return added(Integer.BYTES + length);
    }

    public Builder add(long word, boolean isNull) {
      return add(isNull ? null : cell(word));
    }

    private void reserve(int length) {
      long needed = (long) size + Integer.BYTES + length;
      if (needed > bytes.length) {
        int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length));
        bytes = Arrays.copyOf(bytes, capacity);
      }
    }

    private Builder added(int length) {
      if (entry < 0) {
        entry = size;
        size += length;
      } else {
        size += length;
        endEntry();
      }
      return this;
    }

    private void endEntry() {
      int at = Integer.BYTES;
      while (at < entry && !isKey(at)) {
        at = end(bytes, end(bytes, at));
      }
      if (at < entry) {
        replace(at);
      } else {
        count++;
      }
      entry = NOWHERE;
    }

    private boolean isKey(int at) {
      return isCell(bytes, at, bytes, entry + Integer.BYTES, intAt(bytes, entry));
    }

    /** Puts the last entry where an older one of its key is. */
    private void replace(int older) {
      byte[] newer = Arrays.copyOfRange(bytes, entry, size);
      int rest = end(bytes, end(bytes, older));
      byte[] between = Arrays.copyOfRange(bytes, rest, entry);
      System.arraycopy(newer, 0, bytes, older, newer.length);
      System.arraycopy(between, 0, bytes, older + newer.length, between.length);
      size = older + newer.length + between.length;
    }

    public byte[] toBytes() {
      byte[] map = Arrays.copyOf(bytes, size);
      INT.set(map, 0, count);
      return map;
    }
  }
}
