// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.hook;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.store.HookBodies;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import org.camunda.bpm.engine.ProcessEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is posted to a webhook: 202 says that it is durable, and nothing else does.
 *
 * <p>404 for an unknown hook, 405 for another method than POST, 401 and 403 for who may not, 413
 * for a body that is too large, 400 and 422 for an {@code Idempotency-Key} that is too long or came
 * with another body before, 429 while too many bodies wait to be read and 503 while the database
 * does not answer, both with {@code Retry-After}. Thread-safe.
 */
public final class HookReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(HookReceiver.class);
  private static final int MAX_HEADER_CHARS = 255;
  private static final String RETRY_SECONDS = "5";

  private final ReceivedHooks hooks;
  private final HookAccess access;

  public HookReceiver(ReceivedHooks hooks, ProcessEngine engine) {
    this.hooks = hooks;
    access = new HookAccess(engine);
  }

  /**
   * @throws IOException if the body cannot be read
   */
  public HookAnswer receive(HookRequest request) throws IOException {
    HookSettings settings = hooks.settings(request.hook());
    if (settings == null) {
      return HookAnswer.refused(404, "there is no such hook");
    }
    if (!request.method().equals("POST")) {
      return HookAnswer.refused(405, "a hook takes POST").with("Allow", "POST");
    }
    if (settings.signature().isEmpty()) {
      HookAccess.Verdict verdict =
          access.check(request.hook(), request.header().apply("Authorization"));
      switch (verdict) {
        case UNKNOWN_USER -> {
          return HookAnswer.refused(401, "log in as a user of the engine")
              .with("WWW-Authenticate", "Basic realm=\"millrace\", charset=\"UTF-8\"");
        }
        case FORBIDDEN -> {
          return HookAnswer.refused(403, "the user may not post to this hook");
        }
        case ALLOWED -> {}
      }
    }
    byte[] body = request.body().readNBytes(settings.maxBytes());
    if (body.length == settings.maxBytes() && request.body().read() >= 0) {
      return HookAnswer.refused(413, "a body may have %d bytes".formatted(settings.maxBytes()));
    }
    try {
      return settings.signature().isPresent()
              && !isSigned(settings.signature().get(), request, body)
          ? HookAnswer.refused(401, "the signature is missing or not right")
          : store(request, body);
    } catch (MillraceException e) { // tells where a secret is missing: nothing for a sender
      LOG.warn("a body posted to hook {} could not be checked: {}", request.hook(), e.getMessage());
      return HookAnswer.refused(503, "the signature cannot be checked now")
          .with("Retry-After", RETRY_SECONDS);
    }
  }

  private static boolean isSigned(Signature signature, HookRequest request, byte[] body) {
    String value = request.header().apply(signature.header());
    return value != null && signature.matches(value.strip(), body);
  }

  private HookAnswer store(HookRequest request, byte[] body) {
    String key = request.header().apply("Idempotency-Key");
    if (key != null && !isKey(key)) {
      return HookAnswer.refused(400, "an Idempotency-Key has 1 to 255 printable characters");
    }
    String mediaType = request.header().apply("Content-Type");
    HookBodies.Posted posted = new HookBodies.Posted(key, digest(body), shortened(mediaType), body);
    try {
      return answer(hooks.receive(request.hook(), posted));
    } catch (SQLException e) {
      LOG.warn("a body posted to hook {} was not stored: {}", request.hook(), e.toString());
      return HookAnswer.refused(503, "the database does not answer")
          .with("Retry-After", RETRY_SECONDS);
    }
  }

  private static boolean isKey(String key) {
    return !key.isBlank()
        && key.length() <= MAX_HEADER_CHARS
        && key.chars().noneMatch(Character::isISOControl);
  }

  private static String shortened(String mediaType) {
    String text = mediaType == null ? "" : mediaType.replace('\u0000', ' ');
    return text.substring(0, Math.min(text.length(), MAX_HEADER_CHARS));
  }

  private static HookAnswer answer(HookBodies.Receipt receipt) {
    if (receipt instanceof HookBodies.Receipt.Stored stored) {
      return HookAnswer.stored(stored.sequence(), false);
    }
    if (receipt instanceof HookBodies.Receipt.Repeated repeated) {
      return HookAnswer.stored(repeated.sequence(), true);
    }
    if (receipt instanceof HookBodies.Receipt.Full full) {
      return HookAnswer.refused(429, full.unread() + " bodies wait to be read")
          .with("Retry-After", RETRY_SECONDS);
    }
    return HookAnswer.refused(422, "another body came with this Idempotency-Key before");
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
