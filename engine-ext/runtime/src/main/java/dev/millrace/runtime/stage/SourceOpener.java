// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;

/** Opens a source where it shall go on. */
final class SourceOpener {
  private final Vertex.Source vertex;
  private final SourceContext context;
  private final String start;

  /**
   * @param start a position, or null for the beginning
   */
  SourceOpener(Vertex.Source vertex, SourceContext context, String start) {
    this.vertex = vertex;
    this.context = context;
    this.start = start;
  }

  String table() {
    return vertex.name();
  }

  /** Whether its thread may be interrupted. */
  boolean interruptible() {
    return vertex.table().interruptible();
  }

  RowSource open() throws Exception {
    RowSource source = vertex.table().open(context);
    if (start != null && source instanceof RewindableSource rewindable) {
      rewindable.seek(start);
    }
    return source;
  }

  static String position(RowSource source) {
    return source instanceof RewindableSource rewindable ? rewindable.position() : null;
  }
}
