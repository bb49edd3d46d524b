// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Answer;
import dev.millrace.connector.http.client.Backoff;
import dev.millrace.connector.http.client.Call;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.outbox.Hold;
import dev.millrace.spi.outbox.Intent;
import dev.millrace.spi.outbox.Publisher;
import dev.millrace.spi.outbox.RefusedRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Sends committed requests to one host, one after the other. Single-threaded.
 *
 * <p>A host cannot tell what it has taken: at least once, each time with the same {@code
 * Idempotency-Key}, which is the outbox's id and the sequence. Nor can it tell an old node from its
 * successor: before each request the lease is asked for.
 */
final class HttpPublisher implements Publisher {
  /** So many requests are repeated after a crash, at most. */
  private static final int MAX_RECORDS = 20;

  private final HttpCaller caller;
  private final Backoff backoff;
  private final String outboxId;

  /** Of the last request that was answered with success: not sent again by this publisher. */
  private long sent;

  HttpPublisher(HttpCaller caller, Backoff backoff, String outboxId) {
    this.caller = caller;
    this.backoff = backoff;
    this.outboxId = outboxId;
  }

  @Override
  public long recover() {
    return 0;
  }

  @Override
  public int maxRecords() {
    return MAX_RECORDS;
  }

  @Override
  public void send(List<Intent> intents, Hold hold) throws Exception {
    for (Intent intent : intents) {
      if (intent.sequence() > sent) {
        send(intent, hold);
        sent = intent.sequence();
      }
    }
  }

  private void send(Intent intent, Hold hold) throws Exception {
    SinkRequest request = SinkRequest.of(intent.record());
    Call call = request.call(outboxId + "-" + intent.sequence());
    Answer answer = caller.send(call, backoff, hold);
    if (Refusals.isDone(request, answer)) {
      return;
    }
    if (Refusals.isFinal(answer) && request.onRefusal() == HttpOptions.Refusal.DEAD_LETTER) {
      throw new RefusedRecordException(
          intent.sequence(), HttpErrors.rowRefused(caller.name(call), answer));
    }
    throw HttpErrors.refused(caller.name(call), answer);
  }

  @Override
  public void close() {
    try {
      caller.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
