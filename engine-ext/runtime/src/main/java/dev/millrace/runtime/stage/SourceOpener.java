// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.runtime.state.SnapshotErrors;
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

  /**
   * @param start a position, or null for the beginning
   * @param againFrom where what is read once more begins; null for the beginning
   */
  SourceOpener(Vertex.Source vertex, SourceContext context, String start, String againFrom) {
    this.vertex = vertex;
    this.context = context;
    this.start = start;
    this.againFrom = againFrom;
  }

  String table() {
    return vertex.name();
  }

  /** Whether its thread may be interrupted. */
  boolean interruptible() {
    return vertex.table().interruptible();
  }

  RowSource open() throws Exception {
    return open(context, start);
  }

  /** Opens it to read once more what was read before; what is bad is known by then. */
  RowSource openAgain() throws Exception {
    return open(new KnownRecords(context.services()), againFrom);
  }

  /** The parts of what {@link #openAgain} has opened, one by one. */
  PartedSource.PartReader again(RowSource source) throws Exception {
    if (source instanceof PartedSource parted && start != null) {
      return parted.again(start);
    }
    throw SnapshotErrors.noParts(table());
  }

  private RowSource open(SourceContext offered, String position) throws Exception {
    RowSource source = vertex.table().open(offered);
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
