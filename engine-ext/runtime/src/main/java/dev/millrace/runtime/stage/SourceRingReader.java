// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import com.lmax.disruptor.RingBuffer;
import dev.millrace.spi.connector.SourceContext;

/**
 * Reads what a {@link SourceThread} hands over. Single-threaded.
 *
 * <p>Rows, dead letters and positions count when they have gone through the stage, not when they
 * were read: so a commit holds neither more nor less than they say.
 */
final class SourceRingReader extends RingReader implements Positioned {
  private final String table;
  private final Counters counters;
  private final SourceContext context;
  private String position;

  SourceRingReader(
      RingBuffer<Slot> ring, Inlet target, String table, Counters counters, SourceContext context) {
    super(ring, target);
    this.table = table;
    this.counters = counters;
    this.context = context;
  }

  @Override
  void handedOn(Slot slot) {
    counters.rowsIn.add(slot.batch().size());
    for (int i = 0; i < slot.letters().size(); i++) {
      slot.letters().get(i).giveTo(context);
    }
    if (slot.position() != null) {
      position = slot.position();
    }
  }

  @Override
  public String table() {
    return table;
  }

  @Override
  public String position() {
    return position;
  }
}
