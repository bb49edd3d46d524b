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

  Exchange(RingWriter[] lanes, int[] keys) {
    this.lanes = lanes;
    this.keys = keys;
  }

  @Override
  public void rows(RowBatch batch) throws InterruptedException {
    int size = batch.size();
    if (targets.length < size) {
      targets = new int[batch.capacity()];
    }
    KeyHash.lanes(batch, keys, lanes.length, targets);
    for (int row = 0; row < size; row++) {
      RowBatch room = lanes[targets[row]].room();
      room.addRange(batch, row, 1);
    }
  }

  @Override
  public void watermark(long micros) throws InterruptedException {
    for (RingWriter lane : lanes) {
      lane.watermark(micros);
    }
  }

  @Override
  public void end() throws InterruptedException {
    for (RingWriter lane : lanes) {
      lane.end();
    }
  }
}
