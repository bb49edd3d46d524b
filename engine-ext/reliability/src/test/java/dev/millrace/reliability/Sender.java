// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts all events to the webhook of an application that dies, some in each body, one body after
 * the other: each again and again, with the same key, until it is acknowledged.
 */
final class Sender implements AutoCloseable {
  private static final int EVENTS_A_BODY = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PAUSE_MS = 10;
  private static final int ACCEPTED = 202;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private volatile URI hook;
  private Future<?> work;
  private long bodies;
  private long again;
  private long repeated;

  static Sender start() {
    Sender sender = new Sender();
    sender.work =
        sender.thread.submit(
            () -> {
              sender.sendAll();
              return null;
            });
    return sender;
  }

  /** The application is here now; null while it is dead. */
  void sendTo(URI newHook) {
    hook = newHook;
  }

  private void sendAll() throws Exception {
    for (long first = 1; first <= Events.COUNT; first += EVENTS_A_BODY) {
      String body = Events.lines(first, first + EVENTS_A_BODY - 1);
      String key = "events from " + first;
      while (!isTaken(key, body)) {
        again++;
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
      bodies++;
    }
  }

  private boolean isTaken(String key, String body) throws Exception {
    URI here = hook;
    while (here == null) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      here = hook;
    }
    HttpRequest request =
        HttpRequest.newBuilder(here)
            .timeout(PATIENCE)
            .header("Idempotency-Key", key)
            .header("Content-Type", "text/csv")
            .header("X-Hub-Signature-256", signature(body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer;
    try {
      answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException unanswered) {
      return false;
    }
    if (answer.statusCode() != ACCEPTED) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    repeated += answer.body().contains("\"repeated\":true") ? 1 : 0;
    return true;
  }

  private static String signature(String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Outside.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** Waits until all is acknowledged; the number of bodies, which is the hook's last sequence. */
  long awaitEnd(Duration patience)
      throws ExecutionException, InterruptedException, TimeoutException {
    work.get(patience.toSeconds(), TimeUnit.SECONDS);
    return bodies;
  }

  /** For a report, when all has ended: how often a death left a body unacknowledged. */
  String figures() {
    return "%d bodies posted, %d of them again, %d of these were stored before"
        .formatted(bodies, again, repeated);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
