// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.runtime.state.SnapshotErrors;
import dev.millrace.spi.connector.ParallelSource;
import dev.millrace.spi.connector.PartedSource;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SourceContext;

/** Opens a source where it shall go on. */
final class SourceOpener {
  private final Vertex.Source vertex;
  private final SourceContext context;
  private final String start;
  private final String againFrom;
  private final int reader;
  private final int readers;

  /**
   * @param start a position, or null for the beginning
   * @param againFrom where what is read once more begins; null for the beginning
   * @param reader whose share it opens, from 0
   * @param readers of the table; 1 opens it whole
   */
  SourceOpener(
      Vertex.Source vertex,
      SourceContext context,
      String start,
      String againFrom,
      int reader,
      int readers) {
    this.vertex = vertex;
    this.context = context;
    this.start = start;
    this.againFrom = againFrom;
    this.reader = reader;
    this.readers = readers;
  }

  String table() {
    return vertex.name();
  }

  /** Whether its thread may be interrupted. */
  boolean interruptible() {
    return vertex.table().interruptible();
  }

  /** Of its thread. */
  String name() {
    return readers == 1 ? table() : table() + "-" + reader;
  }

  boolean isShare() {
    return readers > 1;
  }

  boolean isFirst() {
    return reader == 0;
  }

  RowSource open() throws Exception {
    return readers > 1 && vertex.table() instanceof ParallelSource parallel
        ? sought(parallel.open(context, reader, readers), start)
        : sought(vertex.table().open(context), start);
  }

  /** Opens it whole to read once more what was read before; what is bad is known by then. */
  RowSource openAgain() throws Exception {
    return sought(vertex.table().open(new KnownRecords(context.services())), againFrom);
  }

  /** The parts of what {@link #openAgain} has opened, one by one. */
  PartedSource.PartReader again(RowSource source) throws Exception {
    if (source instanceof PartedSource parted && start != null) {
      return parted.again(start);
    }
    throw SnapshotErrors.noParts(table());
  }

  private static RowSource sought(RowSource source, String position) throws Exception {
    if (position != null && source instanceof RewindableSource rewindable) {
      rewindable.seek(position);
    }
    return source;
  }

  private record KnownRecords(Services services) implements SourceContext {
    @Override
    public boolean readsAgain() {
      return true;
    }

    @Override
    public void deadLetter(String record, String position, Exception cause) {
      // it was put aside when it was read first
    }
  }

  static String position(RowSource source) {
    return source instanceof RewindableSource rewindable ? rewindable.position() : null;
  }
}
