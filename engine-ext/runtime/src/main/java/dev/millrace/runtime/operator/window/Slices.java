// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.window;

import dev.millrace.runtime.aggregate.GroupTable;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.runtime.state.Weighed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The groups of each open slice, in order of time; tables are reused. Single-threaded; allocates
 * only while more slices are open than ever before.
 */
final class Slices implements Stateful, Weighed {
  /** So many slices may be weighed with each batch; more take turns of that length. */
  private static final int WEIGHED_PER_BATCH = 16;

  private final GroupTable prototype;

  /** A stack; its iterator would be garbage. */
  private final List<GroupTable> pool = new ArrayList<>();

  private long[] starts = new long[8];
  private GroupTable[] tables = new GroupTable[8];
  private int size;
  private long bytes;
  private int untilWeighed;

  Slices(GroupTable prototype) {
    this.prototype = prototype;
  }

  boolean isEmpty() {
    return size == 0;
  }

  long firstStart() {
    return starts[0];
  }

  /** The slice that begins so; a new one if there is none. */
  GroupTable open(long start) {
    int at = Arrays.binarySearch(starts, 0, size, start);
    return at >= 0 ? tables[at] : insert(-at - 1, start);
  }

  private GroupTable insert(int at, long start) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      tables = Arrays.copyOf(tables, size * 2);
    }
    System.arraycopy(starts, at, starts, at + 1, size - at);
    System.arraycopy(tables, at, tables, at + 1, size - at);
    starts[at] = start;
    tables[at] = take();
    size++;
    return tables[at];
  }

  /** An empty table. */
  GroupTable take() {
    return pool.isEmpty() ? prototype.another() : pool.remove(pool.size() - 1);
  }

  /** Gives a table back. */
  void give(GroupTable table) {
    table.clear();
    pool.add(table);
  }

  /** The number of slices that begin before a time. */
  int before(long end) {
    int count = 0;
    while (count < size && starts[count] < end) {
      count++;
    }
    return count;
  }

  GroupTable table(int number) {
    return tables[number];
  }

  /** Removes the first slice; its table is the caller's. */
  GroupTable removeFirst() {
    GroupTable first = tables[0];
    size--;
    System.arraycopy(starts, 1, starts, 0, size);
    System.arraycopy(tables, 1, tables, 0, size);
    tables[size] = null;
    return first;
  }

  /** Also the capacities of the tables to be reused: they decide the order of groups in them. */
  @Override
  public void snapshot(StateWriter out) {
    out.count(size);
    for (int i = 0; i < size; i++) {
      out.number(starts[i]);
      tables[i].snapshot(out);
    }
    out.count(pool.size());
    for (GroupTable table : pool) {
      table.snapshotCapacity(out);
    }
  }

  @Override
  public void restore(StateReader in) {
    for (int left = in.count(); left > 0; left--) {
      long start = in.number();
      in.check(size == 0 || start > starts[size - 1], "slices out of order");
      open(start).restore(in);
    }
    for (int left = in.count(); left > 0; left--) {
      GroupTable table = prototype.another();
      table.restoreCapacity(in);
      pool.add(table);
    }
  }

  @Override
  public long heapBytes() {
    if (--untilWeighed < 0) {
      untilWeighed = (size + pool.size()) / WEIGHED_PER_BATCH;
      bytes = 0;
      for (int i = 0; i < size; i++) {
        bytes += tables[i].heapBytes();
      }
      for (int i = 0; i < pool.size(); i++) {
        bytes += pool.get(i).heapBytes();
      }
    }
    return bytes;
  }

  /** An empty table that no slice has had before. */
  GroupTable another() {
    return prototype.another();
  }

  long start(int number) {
    return starts[number];
  }

  int size() {
    return size;
  }
}
