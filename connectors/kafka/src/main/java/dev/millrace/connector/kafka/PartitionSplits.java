// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partition rows are of, and for which event time waits. Single-threaded; allocates when a
 * partition falls silent or speaks again.
 *
 * <p>A partition is silent if all of it is read and nothing has come for a while, in which somebody
 * listened: what comes while the reader is held up is not fetched yet. Of all that speak the one
 * heard last falls silent alone, after the others: event time comes up to it in between.
 */
final class PartitionSplits {
  /** Between two looks; what is more was spent elsewhere. */
  private static final long LONGEST_LOOK_NS = 1_000_000_000;

  /** A silence takes so many looks at least. */
  private static final int LOOKS = 4;

  private final LongSupplier nanoClock;
  private final long silenceNs;
  private final long longestLookNs;
  private long lookedNs;
  private final Map<TopicPartition, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<TopicPartition> numbered = new ArrayList<>();
  private long[] heardNs = {};
  private boolean[] silent = {};
  private Splits splits;

  /**
   * @param silenceNs {@link Long#MAX_VALUE} if none ever is
   */
  PartitionSplits(LongSupplier nanoClock, long silenceNs) {
    this.nanoClock = nanoClock;
    this.silenceNs = silenceNs;
    longestLookNs = Math.min(LONGEST_LOOK_NS, silenceNs / LOOKS);
    lookedNs = nanoClock.getAsLong();
  }

  /** What a partition is called, here and in positions. */
  static String name(TopicPartition partition) {
    return partition.topic() + "/" + partition.partition();
  }

  /** Takes note of partitions that were not known. */
  void add(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      if (numbers.putIfAbsent(partition, names.size()) == null) {
        names.add(name(partition));
        numbered.add(partition);
      }
    }
    int known = heardNs.length;
    if (known < names.size()) {
      heardNs = Arrays.copyOf(heardNs, names.size());
      silent = Arrays.copyOf(silent, names.size());
      Arrays.fill(heardNs, known, heardNs.length, nanoClock.getAsLong());
      splits = null;
    }
  }

  /** Marks a batch whose rows are all of that partition. */
  void mark(RowBatch batch, TopicPartition partition) {
    int number = numbers.get(partition);
    heardNs[number] = nanoClock.getAsLong();
    if (silent[number]) {
      silent[number] = false;
      splits = null;
    }
    batch.split(splits(), number);
  }

  /** Whether there are other partitions, or other silent ones, than the last batch said. */
  boolean haveChanged() {
    return splits == null;
  }

  /** Marks a batch without rows: there are these partitions. */
  void mark(RowBatch batch) {
    batch.split(splits(), 0);
  }

  private Splits splits() {
    if (splits == null) {
      splits = new Splits(names, silent);
    }
    return splits;
  }

  /**
   * Looks which partitions have fallen silent.
   *
   * @param read whether nothing is left of a partition
   */
  void listen(Predicate<TopicPartition> read) {
    long nowNs = nanoClock.getAsLong();
    passOver(nowNs - lookedNs - longestLookNs, nowNs);
    lookedNs = nowNs;
    int last = heardLast();
    boolean others = false;
    for (Map.Entry<TopicPartition, Integer> entry : numbers.entrySet()) {
      int number = entry.getValue();
      others |= number != last && !silent[number];
      if (number != last && isSilent(number, nowNs) && read.test(entry.getKey())) {
        silence(number);
      }
    }
    if (!others && last >= 0 && isSilent(last, nowNs) && read.test(numbered.get(last))) {
      silence(last);
    }
  }

  /** Time in which nobody listened makes nothing silent. */
  private void passOver(long awayNs, long nowNs) {
    if (awayNs > 0) {
      for (int number = 0; number < heardNs.length; number++) {
        heardNs[number] = Math.min(nowNs, heardNs[number] + awayNs);
      }
    }
  }

  private boolean isSilent(int number, long nowNs) {
    return !silent[number] && nowNs - heardNs[number] >= silenceNs;
  }

  private void silence(int number) {
    silent[number] = true;
    splits = null;
  }

  /** Of those that speak, the one heard last; -1 if none does. */
  private int heardLast() {
    int last = -1;
    for (int number = 0; number < silent.length; number++) {
      if (!silent[number] && (last < 0 || heardNs[number] - heardNs[last] > 0)) {
        last = number;
      }
    }
    return last;
  }
}
