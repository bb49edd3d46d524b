// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.AddressedSource;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.Channels;
import dev.millrace.spi.connector.LaggingSource;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Reads a channel in the order of its commits.
 *
 * @param table as declared, under which its position is kept
 * @param history what of the engine's history it reads, if the channel is that
 */
record ChannelSource(
    RowType schema, String table, String name, Reading reading, Optional<HistoryColumns> history)
    implements AddressedSource, ReadsChannel {
  /** There is one history; else a channel by its name: the pipeline's tenant does not change. */
  @Override
  public Map<String, String> address() {
    return history.isPresent()
        ? Map.of("connector", ProcessHistoryFactory.IDENTIFIER)
        : Map.of("connector", ChannelFactory.IDENTIFIER, ChannelFactory.NAME.key(), name);
  }

  @Override
  public String channelName() {
    return name;
  }

  @Override
  public Boundedness boundedness() {
    return reading.bounded() ? Boundedness.BOUNDED : Boundedness.UNBOUNDED;
  }

  @Override
  public RowSource open(SourceContext context) throws SQLException {
    Channels channels =
        context
            .services()
            .find(Channels.class)
            .orElseThrow(() -> ProcessErrors.noEngine(ChannelFactory.IDENTIFIER));
    Origin origin = Origin.of(context.services());
    // history is one channel for all tenants
    String tenant = history.isPresent() ? "" : origin.tenant().orElse("");
    Channels.Name channel = new Channels.Name(tenant, name);
    return new Reader(channels, channel, origin, context);
  }

  private final class Reader implements RewindableSource, LaggingSource {
    private static final int PAGE = 1000;

    private final Channels channels;
    private final Channels.Name channel;
    private final Optional<String> tenant;
    private final SourceContext context;
    private final HistoryTap tap;
    private final LongSupplier news;
    private final long end;
    private final Deque<Channels.Event> page = new ArrayDeque<>();
    private long position;
    private boolean sought;
    private long last;
    private long heard = -1;
    private long lookAtNanos = System.nanoTime();

    Reader(Channels channels, Channels.Name channel, Origin origin, SourceContext context)
        throws SQLException {
      this.channels = channels;
      this.channel = channel;
      this.context = context;
      tenant = origin.tenant();
      tap = history.isPresent() ? context.services().get(HistoryTap.class) : HistoryTap.NONE;
      tap.settle();
      news = channels.news(channel);
      last = channels.last(channel);
      end = reading.bounded() ? last : Long.MAX_VALUE;
      position = reading.latest() ? last : channels.first(channel) - 1;
    }

    @Override
    public String position() {
      return Long.toString(position);
    }

    @Override
    public void seek(String text) throws SQLException {
      position = Long.parseLong(text);
      sought = true;
      refuseGap(channels.first(channel));
    }

    /** Of a pipeline that is stopped nobody keeps what it has not read. */
    private void refuseGap(long next) {
      if (next > position + 1) {
        throw ProcessErrors.eventsGone(table, name, position, next - 1);
      }
    }

    /** As of the last look. */
    @Override
    public OptionalLong lag() {
      return OptionalLong.of(Math.max(0, Math.min(last, end) - position));
    }

    @Override
    public Status poll(RowBatch batch) throws SQLException {
      if (page.isEmpty() && position < end && isTimeToLook()) {
        look();
      }
      while (!page.isEmpty() && !batch.isFull() && position < end) {
        Channels.Event event = page.poll();
        position = event.sequence();
        append(batch, event);
      }
      if (position >= end) {
        return Status.END;
      }
      return page.isEmpty() && !isTimeToLook() ? atRest() : Status.MORE;
    }

    private Status atRest() {
      return reading.bounded() ? Status.END : Status.IDLE;
    }

    private boolean isTimeToLook() {
      return news.getAsLong() != heard || lookAtNanos - System.nanoTime() <= 0;
    }

    /**
     * A full page may have another behind it; else there is time until somebody tells, or later.
     */
    private void look() throws SQLException {
      long hears = news.getAsLong();
      boolean more = tap.settle();
      page.addAll(channels.read(channel, position, PAGE));
      if (sought && !page.isEmpty()) {
        refuseGap(page.peek().sequence());
      }
      last = page.size() < PAGE ? position + page.size() : channels.last(channel);
      if (page.size() < PAGE && !more) {
        heard = hears;
        lookAtNanos = System.nanoTime() + reading.poll().toNanos();
      }
    }

    private void append(RowBatch batch, Channels.Event event) {
      try {
        Optional<Map<String, Object>> row =
            history.isPresent() ? history.get().row(event.row(), tenant) : Optional.of(event.row());
        if (row.isPresent()) {
          Cells.append(batch, row.get());
        }
      } catch (MillraceException e) {
        context.deadLetter(event.row().toString(), name + " " + event.sequence(), e);
      }
    }
  }
}
