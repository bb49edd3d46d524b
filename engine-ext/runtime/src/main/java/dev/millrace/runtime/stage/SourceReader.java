// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.connector.LaggingSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.row.RowBatch;
import java.util.OptionalLong;

/** Reads a source that does not block, in the stage that computes. Single-threaded. */
final class SourceReader extends StageInput implements Positioned {
  private final SourceOpener opener;
  private final Rereading rereading;
  private final RowBatch batch;
  private final Feed feed;
  private final CommitRoom room;
  private RowSource source;

  /**
   * @param rereading what is to be read once more
   * @param room for rows until they are committed
   */
  SourceReader(
      SourceOpener opener, Rereading rereading, RowBatch batch, Feed feed, CommitRoom room) {
    this.room = room;
    this.opener = opener;
    this.rereading = rereading;
    this.batch = batch;
    this.feed = feed;
  }

  @Override
  public Feed feed() {
    return feed;
  }

  /** Opened once more if rows are to be read again first. */
  @Override
  void open() throws Exception {
    if (!rereading.hasNext()) {
      source = opener.open();
      feed.place(position());
    }
  }

  @Override
  public void repeatRows() throws Exception {
    feed.repeated(rereading.next());
    if (!rereading.hasNext()) {
      rereading.close();
      open();
    }
  }

  @Override
  boolean poll() throws Exception {
    batch.clear();
    batch.limit(room.next(batch.capacity()));
    if (batch.isFull()) {
      return true; // a commit comes first
    }
    RowSource.Status status = source.poll(batch);
    if (!batch.isEmpty()) {
      feed.rows(batch);
    }
    if (status == RowSource.Status.END) {
      markEnded();
      feed.watermark(Long.MAX_VALUE);
      feed.end();
    }
    return status != RowSource.Status.IDLE || !batch.isEmpty();
  }

  @Override
  void listen(long nowNs) throws Exception {
    feed.listen(nowNs);
  }

  @Override
  void drain() throws Exception {
    markEnded();
    feed.watermark(Long.MAX_VALUE);
    feed.end();
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
  public OptionalLong lag() {
    return source instanceof LaggingSource lagging ? lagging.lag() : OptionalLong.empty();
  }

  @Override
  void close() throws Exception {
    rereading.close();
    if (source != null) {
      source.close();
    }
  }
}
