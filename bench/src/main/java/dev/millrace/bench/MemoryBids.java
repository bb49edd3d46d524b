// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.Set;

/** The table {@code bid}: the bids among events in memory. */
final class MemoryBids implements SourceFactory, TableSource {
  private final Event[] events;
  private int passes;

  MemoryBids(Event[] events) {
    this.events = events;
  }

  /** How often the next run goes over the events. */
  void passes(int count) {
    passes = count;
  }

  @Override
  public String identifier() {
    return "memory-bids";
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public TableSource source(TableContext table) {
    return this;
  }

  @Override
  public Boundedness boundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public RowSource open(SourceContext context) {
    return new Bids(events, passes);
  }

  /** Single-threaded; does not allocate after construction. */
  private static final class Bids implements RowSource {
    private static final byte INSERT = (byte) ChangeKind.INSERT.ordinal();

    private final Event[] events;
    private final int passes;
    private int next;
    private int pass;

    Bids(Event[] events, int passes) {
      this.events = events;
      this.passes = passes;
    }

    @Override
    public Status poll(RowBatch batch) {
      long[] auction = batch.words(0);
      long[] bidder = batch.words(1);
      long[] price = batch.words(2);
      long[] dateTime = batch.words(3);
      Object[] extra = batch.refs(4);
      long shift = Events.shiftMicros(events, pass);
      int first = batch.size();
      int row = first;
      int end = Math.min(events.length, next + batch.capacity() - first);
      for (int i = next; i < end; i++) {
        Event event = events[i];
        if (event.kind() == Event.BID) {
          auction[row] = event.auction();
          bidder[row] = event.bidder();
          price[row] = event.price();
          dateTime[row] = event.dateTimeMicros() + shift;
          extra[row] = event.extra();
          row++;
        }
      }
      Arrays.fill(batch.kinds(), first, row, INSERT);
      batch.size(row);
      next = end == events.length ? 0 : end;
      pass += end == events.length ? 1 : 0;
      return pass == passes ? Status.END : Status.MORE;
    }
  }
}
