// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** Texts as bytes and back. */
public final class Encodings {
  private Encodings() {}

  public static String toBase64(String text) {
    return toBase64(utf8(text));
  }

  public static String toBase64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public static String fromBase64(String text) {
    try {
      return utf8(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw FunctionErrors.badArgument("FROM_BASE64", text, "base64");
    }
  }

  public static String hex(long value) {
    return Long.toHexString(value).toUpperCase(Locale.ROOT);
  }

  public static String hex(String text) {
    return HexFormat.of().withUpperCase().formatHex(utf8(text));
  }

  public static String bin(long value) {
    return Long.toBinaryString(value);
  }

  public static byte[] encode(String text, String charset) {
    return text.getBytes(charset("ENCODE", charset));
  }

  public static String decode(byte[] bytes, String charset) {
    return new String(bytes, charset("DECODE", charset));
  }

  private static Charset charset(String function, String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw FunctionErrors.badArgument(function, name, "a character set such as UTF-8");
    }
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Cut to a number of bytes, and with {@code pad} filled up with zeros. */
  public static byte[] fit(byte[] bytes, int length, boolean pad) {
    boolean fits = pad ? bytes.length == length : bytes.length <= length;
    return fits ? bytes : Arrays.copyOf(bytes, length);
  }

  public static String uuid() {
    return UUID.randomUUID().toString();
  }
}
