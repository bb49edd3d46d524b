// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.row.RowBatch;

/**
 * Shares rows out over lanes by the hash of their keys, keeping the order of rows with equal keys.
 * Single-threaded; does not allocate.
 */
final class Exchange implements Inlet {
  private final RingWriter[] lanes;
  private final int[] keys;
  private int[] targets = new int[RowBatch.DEFAULT_CAPACITY];
  private int[] selected = new int[RowBatch.DEFAULT_CAPACITY];

  Exchange(RingWriter[] lanes, int[] keys) {
    this.lanes = lanes;
    this.keys = keys;
  }

  @Override
  public void rows(RowBatch batch) throws InterruptedException {
    if (targets.length < batch.size()) {
      targets = new int[batch.capacity()];
      selected = new int[batch.capacity()];
    }
    KeyHash.lanes(batch, keys, lanes.length, targets);
    for (int lane = 0; lane < lanes.length; lane++) {
      write(batch, select(lane, batch.size()), lanes[lane]);
    }
  }

  private int select(int lane, int size) {
    int count = 0;
    for (int row = 0; row < size; row++) {
      selected[count] = row;
      count += targets[row] == lane ? 1 : 0;
    }
    return count;
  }

  private void write(RowBatch batch, int count, RingWriter lane) throws InterruptedException {
    for (int first = 0; first < count; ) {
      RowBatch room = lane.room();
      int rows = Math.min(count - first, room.capacity() - room.size());
      room.addSelected(batch, selected, first, rows);
      first += rows;
    }
  }

  @Override
  public void watermark(long micros) throws InterruptedException {
    for (RingWriter lane : lanes) {
      lane.watermark(micros);
    }
  }

  @Override
  public void idle(boolean now) throws InterruptedException {
    for (RingWriter lane : lanes) {
      lane.idle(now);
    }
  }

  @Override
  public void end() throws InterruptedException {
    for (RingWriter lane : lanes) {
      lane.end();
    }
  }
}
