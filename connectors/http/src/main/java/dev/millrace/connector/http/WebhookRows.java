// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.connector.Hooks;
import dev.millrace.spi.connector.LaggingSource;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Reads what was posted to a hook, body by body. Single-threaded.
 *
 * <p>Bodies that came to this node are read at once; the database is asked now and then for those
 * that came to others.
 */
final class WebhookRows implements RewindableSource, LaggingSource {
  private static final int BODIES_AT_ONCE = 16;
  private static final long PAUSE_NS = Duration.ofMillis(500).toNanos();

  private final WebhookSource source;
  private final SourceContext context;
  private final LongSupplier nanoClock;
  private final Deque<Hooks.Body> fetched = new ArrayDeque<>();
  private long readTo;
  private boolean sought;
  private long newest;
  private Page.Progress progress = Page.Progress.NONE;
  private Page page;
  private long dueNs;

  /** Begins with the oldest body there is. */
  WebhookRows(WebhookSource source, SourceContext context, LongSupplier nanoClock)
      throws SQLException {
    this.source = source;
    this.context = context;
    this.nanoClock = nanoClock;
    Hooks.Kept kept = source.hooks().kept(source.hook());
    readTo = kept.removedTo();
    newest = kept.newest();
    dueNs = nanoClock.getAsLong();
  }

  @Override
  public String position() {
    String rest = progress.rows() + ":" + progress.bad() + ":" + progress.digest();
    return Hooks.position(source.hook(), readTo, rest);
  }

  @Override
  public void seek(String position) throws SQLException {
    String[] parts = position.split(":", -1);
    try {
      if (parts.length != 6 || !parts[1].equals(source.hook())) {
        throw new IllegalArgumentException(position);
      }
      readTo = Long.parseLong(parts[2]);
      progress =
          new Page.Progress(
              Long.parseLong(parts[3]), Long.parseLong(parts[4]), Long.parseLong(parts[5]));
    } catch (IllegalArgumentException e) {
      throw HttpErrors.badPosition(source.table(), e);
    }
    sought = true;
    refuseGap(source.hooks().kept(source.hook()).removedTo() + 1);
  }

  /** Of a pipeline that is stopped nobody keeps what it has not read. */
  private void refuseGap(long next) {
    if (next > readTo + 1) {
      throw HttpErrors.bodiesGone(source.table(), source.hook(), readTo, next - 1);
    }
  }

  /** Bodies; how many rows they are is not known before they are read. */
  @Override
  public OptionalLong lag() {
    return OptionalLong.of(Math.max(newest, source.hooks().newest(source.hook())) - readTo);
  }

  @Override
  public Status poll(RowBatch batch) throws IOException, SQLException {
    if (page == null && !openNext()) {
      return fetched.isEmpty() ? Status.IDLE : Status.MORE;
    }
    boolean more = page.read(batch);
    progress = page.progress();
    if (!more) {
      finish();
    }
    return Status.MORE;
  }

  /** Opens the next body; false if there is none, or it was none. */
  private boolean openNext() throws IOException, SQLException {
    if (fetched.isEmpty() && !fetch()) {
      return false;
    }
    Hooks.Body next = fetched.peek();
    String name = "webhook " + source.hook() + "/" + next.sequence();
    try {
      Page.Content content = new Page.Content(next.bytes(), next.mediaType(), name);
      page = Page.open(source.body(), content, context, progress);
      return true;
    } catch (MillraceException e) {
      if (e.category() != ErrorCategory.DATA) {
        throw e;
      }
      context.deadLetter(next.bytes(), name, e);
      finish();
      return false;
    }
  }

  private boolean fetch() throws SQLException {
    boolean here = source.hooks().newest(source.hook()) > readTo;
    if (!here && nanoClock.getAsLong() - dueNs < 0) {
      return false;
    }
    fetched.addAll(source.hooks().read(source.hook(), readTo, BODIES_AT_ONCE));
    dueNs = nanoClock.getAsLong() + PAUSE_NS;
    if (sought && !fetched.isEmpty()) {
      refuseGap(fetched.peek().sequence());
    }
    newest =
        fetched.size() < BODIES_AT_ONCE
            ? readTo + fetched.size()
            : source.hooks().kept(source.hook()).newest();
    return !fetched.isEmpty();
  }

  /** The body has ended. */
  private void finish() throws IOException {
    close();
    readTo = fetched.remove().sequence();
    progress = Page.Progress.NONE;
  }

  @Override
  public void close() throws IOException {
    if (page != null) {
      Page closing = page;
      page = null;
      closing.close();
    }
  }
}
