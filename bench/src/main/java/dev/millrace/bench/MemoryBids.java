// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.ProjectableSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The table {@code bid}: the bids among events in memory. */
final class MemoryBids implements SourceFactory {
  private static final int[] ALL_COLUMNS = {0, 1, 2, 3, 4};
  private static final int ABSENT = -1;

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
    return new Table(ALL_COLUMNS);
  }

  /** Some columns of it. */
  private final class Table implements ProjectableSource {
    private final int[] columns;

    Table(int[] columns) {
      this.columns = columns;
    }

    @Override
    public Boundedness boundedness() {
      return Boundedness.BOUNDED;
    }

    @Override
    public Optional<TableSource> project(int[] positions) {
      return Optional.of(new Table(positions));
    }

    @Override
    public RowSource open(SourceContext context) {
      return new Bids(events, columns, passes);
    }
  }

  /**
   * Single-threaded; does not allocate after construction. Reads each event once, whatever columns
   * are asked for: going over a batch again for each column costs more where it misses the cache.
   */
  private static final class Bids implements RowSource {
    private static final byte INSERT = (byte) ChangeKind.INSERT.ordinal();

    private final Event[] events;
    private final int[] places = new int[ALL_COLUMNS.length];
    private final int passes;
    private int next;
    private int pass;

    Bids(Event[] events, int[] columns, int passes) {
      this.events = events;
      this.passes = passes;
      Arrays.fill(places, ABSENT);
      for (int place = 0; place < columns.length; place++) {
        places[columns[place]] = place;
      }
    }

    @Override
    public Status poll(RowBatch batch) {
      int end = Math.min(events.length, next + batch.room());
      int first = batch.size();
      batch.size(copy(batch, end));
      Arrays.fill(batch.kinds(), first, batch.size(), INSERT);
      next = end == events.length ? 0 : end;
      pass += end == events.length ? 1 : 0;
      return pass == passes ? Status.END : Status.MORE;
    }

    /** Copies the bids before {@code end}; returns how many rows there are then. */
    private int copy(RowBatch batch, int end) {
      long[] auction = words(batch, 0);
      long[] bidder = words(batch, 1);
      long[] price = words(batch, 2);
      long[] dateTime = words(batch, 3);
      Object[] extra = places[4] == ABSENT ? null : batch.refs(places[4]);
      long shift = Events.shiftMicros(events, pass);
      int row = batch.size();
      for (int i = next; i < end; i++) {
        Event event = events[i];
        if (event.kind() != Event.BID) {
          continue;
        }
        if (auction != null) {
          auction[row] = event.auction();
        }
        if (bidder != null) {
          bidder[row] = event.bidder();
        }
        if (price != null) {
          price[row] = event.price();
        }
        if (dateTime != null) {
          dateTime[row] = event.dateTimeMicros() + shift;
        }
        if (extra != null) {
          extra[row] = event.extra();
        }
        row++;
      }
      return row;
    }

    private long[] words(RowBatch batch, int column) {
      return places[column] == ABSENT ? null : batch.words(places[column]);
    }
  }
}
