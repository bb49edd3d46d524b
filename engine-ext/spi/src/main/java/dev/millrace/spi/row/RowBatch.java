// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.row;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.Storage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A bounded number of rows of one type, held column by column. Single-threaded: owned by whoever it
 * was handed to, until that call returns; does not allocate after construction.
 *
 * <pre>
 *            kinds   column 0          column 1 (STRING)   column 2 (DECIMAL(30, 2))
 *   row 0    +I      words nulls       refs                words nulls refs
 *   row 1    -U       ...
 * </pre>
 *
 * A cell's place follows {@link DataType#storage()}. Generated code reads the arrays; connectors
 * use the typed accessors. Accessors do not check that the column has the type asked for, nor that
 * the row is below {@link #size()}.
 */
public final class RowBatch {
  public static final int DEFAULT_CAPACITY = 256;

  /** A batch of default capacity with more characters and bytes in its cells is full, too. */
  public static final long MAX_BYTES = 8 << 20;

  /** About what a text or bytes in a cell take besides their content. */
  private static final int REF_BYTES = 48;

  /** Never written. */
  private static final boolean[] NO_NULLS = new boolean[DEFAULT_CAPACITY];

  private final RowType type;
  private final Storage[] storage;
  private final byte[] kinds;
  private final long[][] words;
  private final boolean[][] nulls;
  private final Object[][] refs;
  private final boolean[] noNulls;
  private final long maxBytes;
  private final RowBatch[] shown;
  private long bytes;
  private int limit;
  private int size;
  private Splits splits;
  private int split;

  public RowBatch(RowType type) {
    this(type, DEFAULT_CAPACITY, MAX_BYTES);
  }

  /**
   * @param capacity rows the batch holds when it is full, however long
   */
  public RowBatch(RowType type, int capacity) {
    this(type, capacity, Long.MAX_VALUE);
  }

  private RowBatch(RowType type, int capacity, long maxBytes) {
    int columns = type.size();
    this.type = type;
    this.maxBytes = maxBytes;
    shown = null;
    storage = new Storage[columns];
    kinds = new byte[capacity];
    limit = capacity;
    words = new long[columns][];
    nulls = new boolean[columns][];
    refs = new Object[columns][];
    noNulls = capacity <= DEFAULT_CAPACITY ? NO_NULLS : new boolean[capacity];
    for (int c = 0; c < columns; c++) {
      storage[c] = type.type(c).storage();
      if (storage[c] != Storage.REFERENCE) {
        words[c] = new long[capacity];
        nulls[c] = new boolean[capacity];
      }
      if (storage[c] != Storage.WORD) {
        refs[c] = new Object[capacity];
      }
    }
  }

  /**
   * A batch that shows columns of others without copying them; only its {@linkplain #size(int)
   * size} is its own. It must not be written to.
   *
   * @param kinds whose change kinds it shows
   * @param from by column: the batch it is in, with a type equal but for nullability
   * @param columns by column: its position there
   */
  public static RowBatch view(RowType type, RowBatch kinds, RowBatch[] from, int[] columns) {
    return new RowBatch(type, kinds, from, columns);
  }

  private RowBatch(RowType type, RowBatch kinds, RowBatch[] from, int[] columns) {
    this.type = type;
    this.kinds = kinds.kinds;
    maxBytes = Long.MAX_VALUE;
    shown = from.clone();
    limit = kinds.kinds.length;
    noNulls = kinds.noNulls;
    storage = new Storage[columns.length];
    words = new long[columns.length][];
    nulls = new boolean[columns.length][];
    refs = new Object[columns.length][];
    for (int c = 0; c < columns.length; c++) {
      storage[c] = type.type(c).storage();
      words[c] = from[c].words[columns[c]];
      nulls[c] = from[c].nulls[columns[c]];
      refs[c] = from[c].refs[columns[c]];
    }
  }

  public RowType type() {
    return type;
  }

  public int size() {
    return size;
  }

  public int capacity() {
    return kinds.length;
  }

  /**
   * True if it has as many rows as it shall, which is its capacity unless it has a {@linkplain
   * #limit(int) limit}, or holds more than {@link #MAX_BYTES}.
   */
  public boolean isFull() {
    return size >= limit || bytes > maxBytes;
  }

  /** Rows until it is full by their number. */
  public int room() {
    return Math.max(0, limit - size);
  }

  /**
   * @param rows with which it is {@linkplain #isFull full}, up to its capacity
   */
  public void limit(int rows) {
    limit = Math.min(rows, kinds.length);
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public void clear() {
    size = 0;
    bytes = 0;
  }

  /**
   * Says that all rows are of one part of their source.
   *
   * @param all null if the source has no parts
   * @param number of the part among these
   */
  public void split(Splits all, int number) {
    splits = all;
    split = number;
  }

  /** The parts of the source the rows are of; null if it has none. */
  public Splits splits() {
    return splits;
  }

  /** Of which of {@link #splits()} the rows are. */
  public int split() {
    return split;
  }

  /** Declares rows written straight into the arrays; their kinds must be written too. */
  public void size(int rows) {
    size = rows;
  }

  /**
   * Adds a row, whose cells still hold whatever was there before: the caller sets every one.
   *
   * @return the position of the new row
   */
  public int add(ChangeKind kind) {
    kinds[size] = (byte) kind.ordinal();
    return size++;
  }

  /** Takes back the row added last. */
  public void removeLast() {
    size--;
  }

  public ChangeKind kind(int row) {
    return ChangeKind.of(kinds[row]);
  }

  /** Ordinals of {@link ChangeKind}, one per row. */
  public byte[] kinds() {
    return kinds;
  }

  /** The words of a column; null where its storage is {@link Storage#REFERENCE}. */
  public long[] words(int column) {
    return words[column];
  }

  /** The NULL flags of a column; null where its storage is {@link Storage#REFERENCE}. */
  public boolean[] nulls(int column) {
    return nulls[column];
  }

  /** The references of a column; null where its storage is {@link Storage#WORD}. */
  public Object[] refs(int column) {
    return refs[column];
  }

  public boolean isNull(int row, int column) {
    return storage[column] == Storage.REFERENCE ? refs[column][row] == null : nulls[column][row];
  }

  /** Whether some row's cell of a column that is not of {@link Storage#REFERENCE} is NULL. */
  public boolean hasNull(int column) {
    // compared many at a time by the virtual machine, which a loop is not
    return !Arrays.equals(nulls[column], 0, size, noNulls, 0, size);
  }

  public boolean getBoolean(int row, int column) {
    return words[column][row] != 0;
  }

  /** TINYINT, SMALLINT, INTEGER; DATE as days; TIME as milliseconds of the day. */
  public int getInt(int row, int column) {
    return (int) words[column][row];
  }

  /**
   * Any integer; timestamps as microseconds; the unscaled value of a DECIMAL of up to 18 digits.
   */
  public long getLong(int row, int column) {
    return words[column][row];
  }

  public float getFloat(int row, int column) {
    return Float.intBitsToFloat((int) words[column][row]);
  }

  public double getDouble(int row, int column) {
    return Double.longBitsToDouble(words[column][row]);
  }

  public String getString(int row, int column) {
    return (String) refs[column][row];
  }

  public byte[] getBytes(int row, int column) {
    return (byte[]) refs[column][row];
  }

  /** The value of a DECIMAL column at its declared scale. Allocates. */
  public BigDecimal getDecimal(int row, int column) {
    Object[] wide = refs[column];
    if (wide != null && wide[row] != null) {
      return (BigDecimal) wide[row];
    }
    return BigDecimal.valueOf(words[column][row], type.type(column).scale());
  }

  public void setNull(int row, int column) {
    if (storage[column] == Storage.REFERENCE) {
      refs[column][row] = null;
    } else {
      words[column][row] = 0;
      nulls[column][row] = true;
      if (storage[column] == Storage.WIDE_DECIMAL) {
        refs[column][row] = null;
      }
    }
  }

  public void setBoolean(int row, int column, boolean value) {
    setLong(row, column, value ? 1 : 0);
  }

  public void setInt(int row, int column, int value) {
    setLong(row, column, value);
  }

  /** Sets the word of a cell of storage {@link Storage#WORD}. */
  public void setLong(int row, int column, long value) {
    words[column][row] = value;
    nulls[column][row] = false;
  }

  public void setFloat(int row, int column, float value) {
    setLong(row, column, Float.floatToRawIntBits(value));
  }

  public void setDouble(int row, int column, double value) {
    setLong(row, column, Double.doubleToRawLongBits(value));
  }

  public void setString(int row, int column, String value) {
    refs[column][row] = value;
    bytes += value == null ? 0 : value.length();
  }

  public void setBytes(int row, int column, byte[] value) {
    refs[column][row] = value;
    bytes += value == null ? 0 : value.length;
  }

  /**
   * Counts what a row copied from elsewhere holds toward {@link #MAX_BYTES}, as copying does not.
   */
  public void weigh(int row) {
    bytes += refBytes(row, 0);
  }

  /** Characters and bytes in its cells, of a view at the most. */
  private long bytes() {
    if (shown == null) {
      return bytes;
    }
    long most = 0;
    for (RowBatch from : shown) {
      most = Math.max(most, from.bytes());
    }
    return most;
  }

  private long refBytes(int row, int each) {
    long total = 0;
    for (Object[] column : refs) {
      if (column != null) {
        if (column[row] instanceof String text) {
          total += text.length() + each;
        } else if (column[row] instanceof byte[] some) {
          total += some.length + each;
        }
      }
    }
    return total;
  }

  /** About what its rows take in memory, for those who keep them. */
  public long heapBytes() {
    long total = (long) size * storage.length * Long.BYTES;
    for (int row = 0; row < size; row++) {
      total += refBytes(row, REF_BYTES);
    }
    return total;
  }

  /**
   * Sets a DECIMAL.
   *
   * @param value of exactly the column's scale and at most its precision; the caller has rounded
   */
  public void setDecimal(int row, int column, BigDecimal value) {
    BigInteger unscaled = value.unscaledValue();
    boolean fits = unscaled.bitLength() < Long.SIZE;
    setLong(row, column, fits ? unscaled.longValue() : 0);
    if (storage[column] == Storage.WIDE_DECIMAL) {
      refs[column][row] = fits ? null : value;
    }
  }

  /** Copies one cell of another batch; both columns have the same type but for nullability. */
  public void copyCell(RowBatch from, int fromRow, int fromColumn, int row, int column) {
    if (words[column] != null) {
      words[column][row] = from.words[fromColumn][fromRow];
      nulls[column][row] = from.nulls[fromColumn][fromRow];
    }
    if (refs[column] != null) {
      refs[column][row] = from.refs[fromColumn][fromRow];
    }
  }

  /** Appends a row of another batch of the same type. */
  public int addCopy(RowBatch from, int fromRow, ChangeKind kind) {
    int row = add(kind);
    for (int c = 0; c < storage.length; c++) {
      copyCell(from, fromRow, c, row, c);
    }
    return row;
  }

  /**
   * Appends neighbouring rows of another batch of the same type, with their kinds.
   *
   * @param rows as many as there is room for
   */
  public void addRange(RowBatch from, int fromRow, int rows) {
    System.arraycopy(from.kinds, fromRow, kinds, size, rows);
    for (int c = 0; c < storage.length; c++) {
      if (words[c] != null) {
        System.arraycopy(from.words[c], fromRow, words[c], size, rows);
        System.arraycopy(from.nulls[c], fromRow, nulls[c], size, rows);
      }
      if (refs[c] != null) {
        System.arraycopy(from.refs[c], fromRow, refs[c], size, rows);
      }
    }
    bytes += from.bytes() * rows / Math.max(1, from.size);
    size += rows;
  }

  /**
   * Appends chosen rows of another batch of the same type, with their kinds.
   *
   * @param rows their positions, at {@code first} and up
   * @param count as many as there is room for
   */
  public void addSelected(RowBatch from, int[] rows, int first, int count) {
    for (int i = 0; i < count; i++) {
      kinds[size + i] = from.kinds[rows[first + i]];
    }
    for (int c = 0; c < storage.length; c++) {
      if (words[c] != null) {
        select(from.words[c], words[c], rows, first, count);
        select(from.nulls[c], nulls[c], rows, first, count);
      }
      if (refs[c] != null) {
        select(from.refs[c], refs[c], rows, first, count);
      }
    }
    bytes += from.bytes() * count / Math.max(1, from.size);
    size += count;
  }

  private void select(long[] from, long[] to, int[] rows, int first, int count) {
    for (int i = 0; i < count; i++) {
      to[size + i] = from[rows[first + i]];
    }
  }

  private void select(boolean[] from, boolean[] to, int[] rows, int first, int count) {
    for (int i = 0; i < count; i++) {
      to[size + i] = from[rows[first + i]];
    }
  }

  private void select(Object[] from, Object[] to, int[] rows, int first, int count) {
    for (int i = 0; i < count; i++) {
      to[size + i] = from[rows[first + i]];
    }
  }

  /** {@code +I[1, 2.50, null, 2026-01-01T00:00]}: a row as Flink's {@code print} writes it. */
  public String rowToString(int row) {
    return RowText.of(this, row);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < size; row++) {
      text.append(rowToString(row)).append('\n');
    }
    return text.toString();
  }
}
