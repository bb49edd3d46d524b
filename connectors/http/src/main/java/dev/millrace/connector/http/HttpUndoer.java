// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Call;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectUndoer;
import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.spi.outbox.Outbox;
import dev.millrace.spi.outbox.OutboxTarget;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes requests back by the inverse ones their tables declared. What is undone is the request, not
 * what the host made of it: there is nothing to compare, and never a conflict. Stateless.
 */
public final class HttpUndoer implements EffectUndoer {
  static final String CONNECTOR = "http";

  private static final String REQUEST = "request";
  private static final String INVERSE = "inverse";
  private static final String MEDIA_TYPE = "media-type";
  private static final String BODY = "body";
  private static final String ON_REFUSAL = "on-refusal";

  @Override
  public String connector() {
    return CONNECTOR;
  }

  /** A request and what takes it back, as an effect keeps them. */
  static Map<String, Object> image(String request, SinkRequest inverse) {
    Map<String, Object> image = new LinkedHashMap<>();
    image.put(REQUEST, request);
    image.put(INVERSE, inverse.method() + " " + inverse.path());
    image.put(ON_REFUSAL, inverse.onRefusal().name());
    inverse
        .body()
        .ifPresent(
            body -> {
              image.put(MEDIA_TYPE, body.mediaType());
              image.put(BODY, body.bytes());
            });
    return image;
  }

  private static SinkRequest request(Map<String, Object> image) {
    String inverse = (String) image.get(INVERSE);
    int blank = inverse.indexOf(' ');
    Optional<Call.Body> body =
        image.containsKey(BODY)
            ? Optional.of(new Call.Body((String) image.get(MEDIA_TYPE), (byte[]) image.get(BODY)))
            : Optional.empty();
    return new SinkRequest(
        inverse.substring(0, blank),
        inverse.substring(blank + 1),
        body,
        HttpOptions.Refusal.valueOf((String) image.get(ON_REFUSAL)),
        true);
  }

  @Override
  public UndoOutcome undo(
      Effect effect, ConflictPolicy policy, Connection connection, Outbox outbox) {
    Map<String, Object> image = effect.after().orElseThrow();
    SinkRequest inverse = request(image);
    outbox.append(new OutboxTarget(HttpAddress.KIND, effect.connection()), inverse.record(""));
    return new UndoOutcome.Undone(
        Optional.of(Map.of(REQUEST, image.get(REQUEST))),
        Optional.of(Map.of(REQUEST, inverse.method() + " " + inverse.path())));
  }

  @Override
  public UndoOutcome undo(Effect effect, ConflictPolicy policy, Connection connection) {
    throw new IllegalStateException("a request is taken back through an outbox");
  }
}
