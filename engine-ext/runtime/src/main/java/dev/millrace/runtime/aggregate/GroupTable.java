// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.runtime.state.Weighed;
import dev.millrace.spi.row.RowBatch;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Groups and what they add up to: a flat table with open addressing. Single-threaded; allocates
 * only when it grows.
 *
 * <pre>
 *   slot 0   rows │ NULL keys │ key words │ accumulator words        refs: key refs │ accumulator refs
 *   slot 1   0                                                       (free)
 *   slot 2   rows │ …
 * </pre>
 *
 * A subclass is generated per aggregate: it knows the keys and accumulators, and holds the loops
 * over rows, so that they are compiled for this aggregate alone.
 */
public abstract class GroupTable implements Stateful, Weighed {
  private static final int FIRST_CAPACITY = 1 << 6;
  private static final int FIRST_CAPACITY_BITS = 6;
  private static final int MAX_CAPACITY_BITS = 29;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private static final int LONG_DIGITS = 18;
  private static final long[] POWERS_OF_TEN = new long[LONG_DIGITS + 1];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i <= LONG_DIGITS; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  /** Fibonacci hashing: the high bits of a product with it are well mixed. */
  public static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** The words of all slots; the first of a slot counts the group's rows, 0 if the slot is free. */
  protected long[] words;

  /** The references of all slots. */
  protected Object[] refs;

  /** Slots less one; a power of two less one. */
  protected int mask;

  /** How far a hash is shifted to become a slot. */
  protected int shift;

  /** Groups that may be added before the table must {@link #grow}. */
  protected int room;

  private final int wordStride;
  private final int refStride;
  private final RefKind[] refKinds;
  private final RefWeight refWeight = new RefWeight();

  /**
   * @param wordStride words of a slot
   * @param refKinds references of a slot
   */
  protected GroupTable(int wordStride, RefKind[] refKinds) {
    this.wordStride = wordStride;
    this.refKinds = refKinds;
    refStride = refKinds.length;
    allocate(FIRST_CAPACITY);
  }

  private void allocate(int capacity) {
    words = new long[capacity * wordStride];
    refs = new Object[capacity * refStride];
    mask = capacity - 1;
    shift = Long.numberOfLeadingZeros(capacity) + 1;
    room = capacity / 2;
  }

  /** Its arrays exactly; what they refer to as it was found little by little. */
  @Override
  public final long heapBytes() {
    return (long) Long.BYTES * words.length
        + (long) Integer.BYTES * refs.length
        + refWeight.weigh(refs, refKinds);
  }

  /** The hash of the key in a slot. */
  protected abstract long hash(int slot);

  /** A table of the same kind, empty. */
  public abstract GroupTable another();

  /** Adds rows to their groups; rows that take back are subtracted. */
  public abstract void accumulate(RowBatch in, int from, int to);

  /**
   * Adds rows to their groups, or takes them back, and appends what changes: {@code +I} for a new
   * group, {@code -U +U} where its result differs, {@code -D} for a group without rows.
   *
   * @return the row to go on with: {@code out} is full before the size of {@code in} is reached
   * @throws RuntimeException if a row cannot be computed; {@link #row()} tells which
   */
  public abstract int change(RowBatch in, int from, RowBatch out);

  /** The row that failed in {@link #accumulate} or {@link #change}. */
  public abstract int row();

  /** Adds all groups of another table of the same kind; may take its objects over. */
  public abstract void merge(GroupTable from);

  /**
   * Appends groups as {@code +I}: keys, then results.
   *
   * @param slot where to begin; 0 at first
   * @return the slot to go on with; {@link #capacity()} when all are appended
   */
  public abstract int emit(int slot, RowBatch out);

  public final int capacity() {
    return mask + 1;
  }

  public final int size() {
    return capacity() / 2 - room;
  }

  /** Forgets all groups; a table that was nearly empty gives memory back. */
  public final void clear() {
    int size = size();
    if (size == 0) {
      return;
    }
    refWeight.clear();
    if (capacity() > FIRST_CAPACITY && size < capacity() / 16) {
      allocate(capacity() / 4);
    } else {
      Arrays.fill(words, 0);
      Arrays.fill(refs, null);
      room = capacity() / 2;
    }
  }

  /** With the place of each group: the order they are emitted in is part of the state. */
  @Override
  public final void snapshot(StateWriter out) {
    out.number(Integer.numberOfTrailingZeros(capacity()));
    out.count(size());
    for (int slot = 0; slot <= mask; slot++) {
      if (words[slot * wordStride] != 0) {
        out.number(slot);
        for (int word = 0; word < wordStride; word++) {
          out.number(words[slot * wordStride + word]);
        }
        for (int ref = 0; ref < refStride; ref++) {
          refKinds[ref].write(refs[slot * refStride + ref], out);
        }
      }
    }
  }

  @Override
  public final void restore(StateReader in) {
    restoreCapacity(in.number(FIRST_CAPACITY_BITS, MAX_CAPACITY_BITS), in);
    int groups = in.count();
    in.check(groups <= room, "too many groups for their table");
    room -= groups;
    int slot = -1;
    for (int left = groups; left > 0; left--) {
      slot = in.number(slot + 1, mask);
      for (int word = 0; word < wordStride; word++) {
        words[slot * wordStride + word] = in.number();
      }
      in.check(words[slot * wordStride] > 0, "a group without rows");
      for (int ref = 0; ref < refStride; ref++) {
        refs[slot * refStride + ref] = refKinds[ref].read(in);
      }
    }
  }

  /** The capacity of a table without groups, which decides the order of those to come. */
  public final void snapshotCapacity(StateWriter out) {
    out.number(Integer.numberOfTrailingZeros(capacity()));
  }

  /** Takes over a capacity. */
  public final void restoreCapacity(StateReader in) {
    restoreCapacity(in.number(FIRST_CAPACITY_BITS, MAX_CAPACITY_BITS), in);
  }

  private void restoreCapacity(int bits, StateReader in) {
    long slots = 1L << bits;
    in.reserve(slots * (Long.BYTES * wordStride + Long.BYTES * refStride));
    in.check(slots * Math.max(wordStride, refStride) <= MAX_ARRAY, "a table too large");
    allocate((int) slots);
  }

  /** Doubles the table. */
  protected final void grow() {
    int groups = size();
    int old = capacity();
    long length = 2L * old * Math.max(wordStride, refStride);
    if (length > MAX_ARRAY) {
      throw StateErrors.tooManyGroups(groups);
    }
    final long[] oldWords = words;
    final Object[] oldRefs = refs;
    allocate(old * 2);
    for (int slot = 0; slot < old; slot++) {
      if (oldWords[slot * wordStride] != 0) {
        insert(oldWords, oldRefs, slot);
      }
    }
    room -= groups;
  }

  /** Copies a slot of other arrays to where this table wants it. */
  private void insert(long[] fromWords, Object[] fromRefs, int fromSlot) {
    int slot = slotOf(hashIn(fromWords, fromRefs, fromSlot));
    while (words[slot * wordStride] != 0) {
      slot = (slot + 1) & mask;
    }
    System.arraycopy(fromWords, fromSlot * wordStride, words, slot * wordStride, wordStride);
    System.arraycopy(fromRefs, fromSlot * refStride, refs, slot * refStride, refStride);
  }

  private long hashIn(long[] otherWords, Object[] otherRefs, int slot) {
    long[] myWords = words;
    Object[] myRefs = refs;
    words = otherWords;
    refs = otherRefs;
    long hash = hash(slot);
    words = myWords;
    refs = myRefs;
    return hash;
  }

  private int slotOf(long hash) {
    return (int) (hash >>> shift);
  }

  /** Frees a slot; groups behind it that were pushed on move back. */
  protected final void remove(int slot) {
    int free = slot;
    int next = slot;
    while (true) {
      next = (next + 1) & mask;
      if (words[next * wordStride] == 0) {
        break;
      }
      int wanted = slotOf(hash(next));
      if (((next - wanted) & mask) >= ((next - free) & mask)) {
        System.arraycopy(words, next * wordStride, words, free * wordStride, wordStride);
        System.arraycopy(refs, next * refStride, refs, free * refStride, refStride);
        free = next;
      }
    }
    Arrays.fill(words, free * wordStride, (free + 1) * wordStride, 0);
    Arrays.fill(refs, free * refStride, (free + 1) * refStride, null);
    room++;
  }

  /** Adds to a decimal total: a word while it fits, else a BigDecimal of the scale. */
  protected final void addDecimal(int word, int ref, long value, Object wide, int scale) {
    long total = words[word];
    long sum = total + value;
    if (wide == null && refs[ref] == null && ((total ^ sum) & (value ^ sum)) >= 0) {
      words[word] = sum;
    } else {
      setTotal(word, ref, total(word, ref, scale).add(big(value, wide, scale)));
    }
  }

  /** Takes from a decimal total. */
  protected final void subtractDecimal(int word, int ref, long value, Object wide, int scale) {
    long total = words[word];
    long difference = total - value;
    if (wide == null && refs[ref] == null && ((total ^ value) & (total ^ difference)) >= 0) {
      words[word] = difference;
    } else {
      setTotal(word, ref, total(word, ref, scale).subtract(big(value, wide, scale)));
    }
  }

  /** Whether a decimal total has at most so many digits. */
  protected final boolean fits(int word, int ref, int precision) {
    if (refs[ref] != null) {
      return ((BigDecimal) refs[ref]).precision() <= precision;
    }
    long total = words[word];
    return precision > LONG_DIGITS
        || (total < POWERS_OF_TEN[precision] && total > -POWERS_OF_TEN[precision]);
  }

  private BigDecimal total(int word, int ref, int scale) {
    return big(words[word], refs[ref], scale);
  }

  private static BigDecimal big(long word, Object wide, int scale) {
    return wide == null ? BigDecimal.valueOf(word, scale) : (BigDecimal) wide;
  }

  private void setTotal(int word, int ref, BigDecimal total) {
    boolean fits = total.unscaledValue().bitLength() < Long.SIZE;
    words[word] = fits ? total.unscaledValue().longValue() : 0;
    refs[ref] = fits ? null : total;
  }

  /** Adds to a mean and a sum of squared distances from it, after Welford; three words. */
  protected final void addMoment(int at, double value) {
    long count = words[at] + 1;
    double mean = Double.longBitsToDouble(words[at + 1]);
    double delta = value - mean;
    double newMean = mean + delta / count;
    setMoments(at, count, newMean, moment(at) + delta * (value - newMean));
  }

  /** Takes from a mean and a sum of squared distances. */
  protected final void subtractMoment(int at, double value) {
    long count = words[at] - 1;
    if (count == 0) {
      setMoments(at, 0, 0, 0);
      return;
    }
    double mean = Double.longBitsToDouble(words[at + 1]);
    double delta = value - mean;
    double newMean = mean - delta / count;
    setMoments(at, count, newMean, moment(at) - delta * (value - newMean));
  }

  /** Joins two means and sums of squared distances, after Chan. */
  protected final void mergeMoments(int at, long[] from, int fromAt) {
    long otherCount = from[fromAt];
    if (otherCount == 0) {
      return;
    }
    long count = words[at] + otherCount;
    double mean = Double.longBitsToDouble(words[at + 1]);
    double delta = Double.longBitsToDouble(from[fromAt + 1]) - mean;
    double otherMoment = Double.longBitsToDouble(from[fromAt + 2]);
    double spread = delta * delta * words[at] * otherCount / count;
    setMoments(at, count, mean + delta * otherCount / count, moment(at) + otherMoment + spread);
  }

  /** The sum of squared distances from the mean. */
  protected final double moment(int at) {
    return Double.longBitsToDouble(words[at + 2]);
  }

  private void setMoments(int at, long count, double mean, double moment) {
    words[at] = count;
    words[at + 1] = Double.doubleToRawLongBits(mean);
    words[at + 2] = Double.doubleToRawLongBits(moment);
  }
}
