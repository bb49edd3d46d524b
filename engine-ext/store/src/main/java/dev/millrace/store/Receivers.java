// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.store.codec.RowJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whom messages are for, as a name of fixed length: equal if and only if they are for the same. */
final class Receivers {
  private Receivers() {}

  static String of(
      String message,
      Optional<String> tenant,
      Optional<String> businessKey,
      Map<String, Object> correlation) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("message", message);
    parts.put("tenant", tenant.orElse(null));
    parts.put("key", businessKey.orElse(null));
    // a column may have any name: those of variables are set apart
    correlation.forEach((name, value) -> parts.put("=" + name, StoredVariables.stored(value)));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(RowJson.write(parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
