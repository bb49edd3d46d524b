// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;

/** A sink in its stage, with the channels that feed it. Single-threaded. */
final class SinkWriter implements Stage.Part {
  private static final byte UPDATE_BEFORE = (byte) ChangeKind.UPDATE_BEFORE.ordinal();

  private final Vertex.Sink vertex;
  private final SinkContext context;
  private final Counters counters;
  private final Awaiting awaiting;
  private final Channels channels = new Channels();
  private final RowBatch kept;
  private RowSink sink;
  private boolean dirty;
  private boolean discarding;

  SinkWriter(Vertex.Sink vertex, SinkContext context, Counters counters, Awaiting awaiting) {
    this.vertex = vertex;
    this.awaiting = awaiting;
    this.context = context;
    this.counters = counters;
    kept = vertex.upsert() ? new RowBatch(vertex.type()) : null;
  }

  Inlet channel() {
    return new Channel(channels.add());
  }

  @Override
  public void open() throws Exception {
    sink = vertex.table().open(context);
  }

  /** True if the sink only stages until the run commits. */
  boolean stages() {
    return context.transactional() && sink instanceof TransactionalSink;
  }

  TransactionalSink staged() {
    return (TransactionalSink) sink;
  }

  @Override
  public void pause() throws Exception {
    // a transactional run flushes when it commits: until then nothing need be seen
    if (!context.transactional()) {
      flush();
    }
  }

  /** Whether rows are thrown away: they were written before. */
  void discard(boolean now) {
    discarding = now;
  }

  void flush() throws Exception {
    if (dirty && !stages()) {
      sink.flush();
      dirty = false;
    }
  }

  void finish() throws Exception {
    if (!stages()) {
      sink.flush();
      sink.finish();
    }
  }

  @Override
  public void close() throws Exception {
    if (sink != null) {
      sink.close();
    }
  }

  private void write(RowBatch batch) throws Exception {
    dirty = true;
    counters.rowsOut.add(batch.size());
    if (stages()) {
      awaiting.add(batch.heapBytes());
    }
    sink.write(batch);
  }

  private void writeWithoutUpdateBefore(RowBatch batch) throws Exception {
    byte[] kinds = batch.kinds();
    kept.clear();
    int from = 0;
    for (int row = 0; row <= batch.size(); row++) {
      if (row == batch.size() || kinds[row] == UPDATE_BEFORE) {
        keep(batch, from, row);
        from = row + 1;
      }
    }
    if (!kept.isEmpty()) {
      write(kept);
    }
  }

  private void keep(RowBatch batch, int from, int to) throws Exception {
    for (int row = from; row < to; ) {
      if (kept.isFull()) {
        write(kept);
        kept.clear();
      }
      int rows = Math.min(to - row, kept.capacity() - kept.size());
      kept.addRange(batch, row, rows);
      row += rows;
    }
  }

  private final class Channel implements Inlet {
    private final int number;

    Channel(int number) {
      this.number = number;
    }

    @Override
    public void rows(RowBatch batch) throws Exception {
      if (discarding) {
        return;
      }
      if (kept == null) {
        write(batch);
      } else {
        writeWithoutUpdateBefore(batch);
      }
    }

    @Override
    public void watermark(long micros) {
      if (channels.advance(number, micros)) {
        counters.watermark.set(channels.watermark());
      }
    }

    @Override
    public void idle(boolean now) {
      if (channels.idle(number, now)) {
        counters.watermark.set(channels.watermark());
      }
    }

    @Override
    public void end() {
      channels.end();
    }
  }
}
