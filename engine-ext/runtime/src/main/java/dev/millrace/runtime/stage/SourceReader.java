// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.row.RowBatch;

/** Reads a source that does not block, in the stage that computes. Single-threaded. */
final class SourceReader extends StageInput implements Positioned {
  private final SourceOpener opener;
  private final Counters counters;
  private final RowBatch batch;
  private final Outlet out = new Outlet();
  private RowSource source;

  SourceReader(Vertex.Source vertex, SourceOpener opener, Counters counters) {
    this.opener = opener;
    this.counters = counters;
    batch = new RowBatch(vertex.type());
  }

  Outlet out() {
    return out;
  }

  @Override
  void open() throws Exception {
    source = opener.open();
  }

  @Override
  boolean poll() throws Exception {
    batch.clear();
    RowSource.Status status = source.poll(batch);
    if (!batch.isEmpty()) {
      counters.rowsIn.add(batch.size());
      out.rows(batch);
    }
    if (status == RowSource.Status.END) {
      markEnded();
      out.watermark(Long.MAX_VALUE);
      out.end();
    }
    return status != RowSource.Status.IDLE || !batch.isEmpty();
  }

  @Override
  public String table() {
    return opener.table();
  }

  @Override
  public String position() {
    return SourceOpener.position(source);
  }

  @Override
  void close() throws Exception {
    if (source != null) {
      source.close();
    }
  }
}
