// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.hook;

import dev.millrace.camunda.config.ConfigErrors;
import dev.millrace.camunda.config.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A body's HMAC-SHA256 in a header, in hexadecimal, with or without {@code sha256=} before it.
 * Thread-safe.
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";
  private static final int MIN_SECRET_CHARS = 16;

  private final String header;
  private final Supplier<SecretKeySpec> key;

  private Signature(String header, Supplier<SecretKeySpec> key) {
    this.header = header;
    this.key = key;
  }

  /**
   * @param place where it is configured, for messages
   * @param secret itself, or the name of one, which is then looked up for each body
   */
  static Signature of(String place, String secret, String header, Secrets secrets) {
    if (Secrets.isReference(secret)) {
      return new Signature(header, () -> key(place, secrets.reveal(place + ".secret", secret)));
    }
    SecretKeySpec key = key(place, secret);
    return new Signature(header, () -> key);
  }

  private static SecretKeySpec key(String place, String secret) {
    if (secret.length() < MIN_SECRET_CHARS) {
      throw ConfigErrors.badSetting(
          place + ".secret", "a short one", "at least " + MIN_SECRET_CHARS + " characters");
    }
    return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  String header() {
    return header;
  }

  /** Whether the header's value is this body's signature; takes the same time whatever it is. */
  boolean matches(String value, byte[] body) {
    byte[] claimed;
    try {
      String hex = value.startsWith(PREFIX) ? value.substring(PREFIX.length()) : value;
      claimed = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return MessageDigest.isEqual(sign(body), claimed);
  }

  private byte[] sign(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key.get());
      return mac.doFinal(body);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Signature[" + header + "]";
  }
}
