// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.outbox.Hold;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Sends requests to one endpoint, one at a time. Single-threaded. */
public final class HttpCaller implements AutoCloseable {
  private static final int FIRST_REDIRECT = 300;
  private static final int NOT_MODIFIED = 304;

  /** So much of an unwanted body is read, so that the connection can be used again. */
  private static final int SMALL_BYTES = 1 << 16;

  private final HttpEndpoint endpoint;
  private final Limits limits;
  private final CloseableHttpClient client;

  public HttpCaller(HttpEndpoint endpoint, Limits limits) {
    this(endpoint, limits, InetAddress::getAllByName);
  }

  HttpCaller(HttpEndpoint endpoint, Limits limits, AddressGuard.Names names) {
    this.endpoint = endpoint;
    this.limits = limits;
    client = PlainClient.open(new AddressGuard(names, endpoint.allowPrivate()), limits.timeout());
  }

  /** A request as messages name it: {@code GET https://api.example.com/v1/orders}. */
  public String name(Call call) {
    return call.method() + " " + endpoint + call.path().replaceFirst("\\?.*", "");
  }

  /**
   * The page an answer links with {@code rel=next}, as a path below the endpoint's.
   *
   * @throws dev.millrace.spi.error.MillraceException category CONNECTOR, if it leads elsewhere
   */
  public Optional<String> nextPage(Call call, Answer answer) {
    return Links.next(answer.values("link"))
        .map(
            link ->
                Links.below(endpoint, call.path(), link)
                    .orElseThrow(() -> HttpErrors.foreignLink(name(call))));
  }

  /**
   * Sends a request until there is an answer that will not change, or patience is at its end.
   *
   * @return what was answered, whatever the status
   * @throws dev.millrace.spi.error.MillraceException category CONNECTOR, if nothing was answered
   * @throws InterruptedException if the thread is interrupted while it waits to try again
   */
  public Answer send(Call call, Backoff backoff) throws InterruptedException {
    return send(call, backoff, Hold.UNDISPUTED);
  }

  /**
   * As {@link #send(Call, Backoff)}.
   *
   * @param hold asked before each attempt
   * @throws InterruptedException also if it is lost
   */
  public Answer send(Call call, Backoff backoff, Hold hold) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      hold.check();
      Answer answer = null;
      IOException failure = null;
      try {
        answer = exchange(call);
        if (!answer.isPassing()) {
          return answer;
        }
      } catch (IOException e) {
        failure = e;
      }
      Optional<Duration> pause = backoff.afterFailure(failures, answer);
      if (pause.isEmpty() && failure != null) {
        throw HttpErrors.failed(name(call), failure);
      }
      if (pause.isEmpty()) {
        return answer;
      }
      Thread.sleep(pause.get().toMillis());
    }
  }

  /**
   * One exchange.
   *
   * @throws IOException if nothing was answered, for a reason that may pass
   * @throws dev.millrace.spi.error.MillraceException if what is there must not be used: a private
   *     address, a redirect, a response beyond the limits
   */
  public Answer exchange(Call call) throws IOException {
    HttpUriRequestBase request = request(call);
    Answer[] status = new Answer[1];
    try (Deadline deadline = Deadline.start(limits.timeout(), request::cancel)) {
      try {
        return client.execute(
            request,
            response -> {
              status[0] = new Answer(response.getCode(), Map.of(), new byte[0]);
              return readOrCut(request, call, response);
            });
      } catch (IOException e) {
        if (!limits.wantsBody() && status[0] != null) {
          return status[0]; // what broke is the rest of a body nobody wants
        }
        if (deadline.isOver()) {
          InterruptedIOException timeout =
              new InterruptedIOException(
                  "no complete response within %d ms".formatted(limits.timeout().toMillis()));
          timeout.initCause(e);
          throw timeout;
        }
        throw e;
      }
    }
  }

  private HttpUriRequestBase request(Call call) {
    URI uri = URI.create(endpoint.origin() + endpoint.prefix() + call.path());
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), uri);
    endpoint.headers().forEach((name, value) -> request.addHeader(new SecretHeader(name, value)));
    call.headers()
        .forEach(
            (name, value) -> {
              Headers.check(name, value);
              request.setHeader(name, value);
            });
    call.body()
        .ifPresent(
            body ->
                request.setEntity(
                    new ByteArrayEntity(body.bytes(), ContentType.parse(body.mediaType()))));
    return request;
  }

  /** What is refused is cut off: to close it would be to read the rest, which may have no end. */
  private Answer readOrCut(HttpUriRequestBase request, Call call, ClassicHttpResponse response)
      throws IOException {
    try {
      return read(call, response);
    } catch (MillraceException | IOException e) {
      request.cancel();
      throw e;
    }
  }

  private Answer read(Call call, ClassicHttpResponse response) throws IOException {
    int status = response.getCode();
    if (status >= FIRST_REDIRECT && status < 400 && status != NOT_MODIFIED) {
      throw HttpErrors.redirected(name(call), status);
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue());
    }
    return new Answer(status, headers, body(call, response.getEntity()));
  }

  private byte[] body(Call call, HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    InputStream in = entity.getContent();
    if (!limits.wantsBody()) {
      if (in.readNBytes(SMALL_BYTES).length == SMALL_BYTES) {
        throw new IOException("the rest is not read");
      }
      return new byte[0];
    }
    byte[] body = in.readNBytes(limits.maxResponseBytes());
    if (body.length == limits.maxResponseBytes() && in.read() >= 0) {
      throw HttpErrors.tooLarge(name(call), limits.maxResponseBytes());
    }
    in.close();
    return body;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
