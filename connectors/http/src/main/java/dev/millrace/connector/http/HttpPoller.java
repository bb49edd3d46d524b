// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Answer;
import dev.millrace.connector.http.client.Call;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.connector.http.client.PathTemplate;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads a resource again and again. Single-threaded.
 *
 * <p>With a cursor or linked pages it goes on behind what it has read, and asks for the last page
 * again to see what was added to it. Without, an answer is read whole whenever it has changed, by
 * {@code ETag}, {@code Last-Modified} or its bytes. Between questions {@link #poll} returns {@code
 * IDLE}.
 */
final class HttpPoller implements RewindableSource {
  private static final int NOT_MODIFIED = 304;

  private final HttpSource source;
  private final Polling polling;
  private final Body body;
  private final HttpCaller caller;
  private final SourceContext context;
  private final LongSupplier nanoClock;
  private PollPosition at;
  private Call call;
  private Answer answered;
  private Page page;
  private long dueNs;
  private int failures;
  private boolean ended;

  HttpPoller(HttpSource source, HttpCaller caller, SourceContext context, LongSupplier nanoClock) {
    this.source = source;
    this.caller = caller;
    this.context = context;
    this.nanoClock = nanoClock;
    polling = source.polling();
    body = source.bodies().apply(source.schema());
    at = start();
    dueNs = nanoClock.getAsLong();
  }

  private PollPosition start() {
    String initial = polling.cursor().flatMap(Polling.Cursor::initial).orElse(null);
    return PollPosition.before(initial, null, null);
  }

  @Override
  public String position() {
    return at.text();
  }

  @Override
  public void seek(String position) {
    try {
      at = PollPosition.parse(position);
    } catch (IOException e) {
      throw HttpErrors.badPosition(source.table(), e);
    }
  }

  @Override
  public Status poll(RowBatch batch) throws IOException {
    if (!ended && page == null && nanoClock.getAsLong() - dueNs >= 0) {
      ask();
    }
    if (page == null) {
      return ended ? Status.END : Status.IDLE;
    }
    int first = batch.size();
    boolean more = page.read(batch);
    String newest = batch.size() > first ? cursorOf(batch) : at.newest();
    at = at.behind(newest, page.progress());
    if (!more) {
      turn();
    }
    return ended ? Status.END : Status.MORE;
  }

  /** The cursor in the last row; what it was before if that is not where it is. */
  private String cursorOf(RowBatch batch) {
    int column = polling.cursor().map(Polling.Cursor::column).orElse(-1);
    String text = column < 0 ? null : Cells.text(batch, batch.size() - 1, column);
    return text == null ? at.newest() : text;
  }

  /** Opens the next page, if there is one by now. */
  private void ask() throws IOException {
    call = request();
    Answer answer = null;
    IOException failure = null;
    try {
      answer = caller.exchange(call);
    } catch (IOException e) {
      failure = e;
    }
    if (failure != null || answer.isPassing()) {
      postpone(answer, failure);
      return;
    }
    failures = 0;
    if (answer.status() == NOT_MODIFIED || answer.isSuccess() && isKnown(answer)) {
      pause();
    } else if (answer.isSuccess()) {
      answered = answer;
      Page.Content content = new Page.Content(answer.body(), answer.mediaType(), caller.name(call));
      page = Page.open(body, content, context, at.progress());
    } else {
      throw HttpErrors.refused(caller.name(call), answer);
    }
  }

  private Call request() {
    StringBuilder path = new StringBuilder();
    if (at.page() != null) {
      path.append(at.page());
    } else {
      path.append(source.path().fill(column -> null));
      if (at.cursor() != null) {
        path.append(path.indexOf("?") < 0 ? '?' : '&');
        PathTemplate.encode(polling.cursor().orElseThrow().parameter(), path);
        path.append('=');
        PathTemplate.encode(at.cursor(), path);
      }
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (at.etag() != null) {
      headers.put("If-None-Match", at.etag());
    }
    if (at.modified() != null) {
      headers.put("If-Modified-Since", at.modified());
    }
    return Call.get(path.toString(), headers);
  }

  private void postpone(Answer answer, IOException failure) {
    failures++;
    Optional<Duration> delay = polling.backoff().afterFailure(failures, answer);
    if (delay.isPresent()) {
      dueNs = nanoClock.getAsLong() + delay.get().toNanos();
    } else if (failure != null) {
      throw HttpErrors.failed(caller.name(call), failure);
    } else {
      throw HttpErrors.refused(caller.name(call), answer);
    }
  }

  private boolean isKnown(Answer answer) {
    return at.body() != null && at.body().equals(digest(answer.body()));
  }

  /** The page has ended: decides what comes next. */
  private void turn() throws IOException {
    Answer answer = answered;
    Page.Progress tail = page.tail();
    page.close();
    page = null;
    Optional<String> linked =
        polling.followLinks() ? caller.nextPage(call, answer) : Optional.empty();
    if (linked.isPresent() && !linked.get().equals(call.path())) {
      at = PollPosition.before(at.cursor(), linked.get(), at.newest());
      return;
    }
    Optional<String> next = nextCursor(answer);
    if (next.isPresent()) {
      at = PollPosition.before(next.get(), null, next.get());
      boolean sentAgain = polling.cursor().get().pointer().isEmpty();
      at = sentAgain ? at.behind(next.get(), tail) : at;
      return;
    }
    boolean whole = at.page() == null && polling.cursor().isEmpty();
    at = validated(whole ? start() : at, answer);
    pause();
  }

  /** Where the next request starts; empty if that is where this one did. */
  private Optional<String> nextCursor(Answer answer) throws IOException {
    if (polling.cursor().isEmpty()) {
      return Optional.empty();
    }
    Polling.Cursor cursor = polling.cursor().get();
    Optional<String> next =
        cursor.pointer().isPresent() ? pointed(answer, cursor) : Optional.ofNullable(at.newest());
    return next.filter(value -> !value.isEmpty() && !value.equals(at.cursor()));
  }

  private Optional<String> pointed(Answer answer, Polling.Cursor cursor) {
    try {
      return JsonBody.textAt(answer.body(), cursor.pointer().orElseThrow());
    } catch (IOException e) {
      throw HttpErrors.badBody(caller.name(call), "holds no cursor: it is not JSON", e);
    }
  }

  private static PollPosition validated(PollPosition position, Answer answer) {
    return position.answeredWith(
        answer.header("etag").orElse(null),
        answer.header("last-modified").orElse(null),
        digest(answer.body()));
  }

  private void pause() {
    ended = polling.bounded();
    dueNs = nanoClock.getAsLong() + polling.interval().toNanos();
  }

  private static String digest(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    try (caller;
        Page closing = page) {
      page = null;
    }
  }
}
