// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hash functions at one place of a query; lower-case hexadecimal digits. Single-threaded. */
public final class Digest {
  private final MessageDigest digest;

  /**
   * @param algorithm that every Java platform has
   */
  public Digest(String algorithm) {
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(algorithm, e);
    }
  }

  public String hex(String text) {
    return hex(text.getBytes(StandardCharsets.UTF_8));
  }

  public String hex(byte[] bytes) {
    return HexFormat.of().formatHex(digest.digest(bytes));
  }
}
