// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Single-threaded; does not allocate after open but to grow. A sliding view of a UTF-8 stream as
 * characters: what lies before a kept position may be overwritten by the next {@link #fill}.
 *
 * <p>Bytes that are not UTF-8 appear as {@link #NOT_UTF8}, which no UTF-8 text contains. A byte
 * order mark at the start is left out.
 */
final class CharWindow implements AutoCloseable {
  /** A lone low surrogate stands for bytes that are not UTF-8. */
  static final char NOT_UTF8 = '\uDC80';

  /** The most characters a record may have. */
  static final int MAX_RECORD_CHARS = 1 << 23;

  private static final int BYTES = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).flip();
  private char[] chars = new char[2 * BYTES];
  private int limit;
  private boolean atEnd;
  private boolean started;
  private boolean sawNotUtf8;

  CharWindow(InputStream in) {
    this.in = in;
  }

  /** Forgets all and reads another stream from its start. */
  void restart(InputStream next) {
    in = next;
    bytes.clear().flip();
    decoder.reset();
    limit = 0;
    atEnd = false;
    started = false;
    sawNotUtf8 = false;
  }

  /** The characters; those below {@link #limit} are valid. Replaced when the window grows. */
  char[] chars() {
    return chars;
  }

  int limit() {
    return limit;
  }

  /** True if the range holds bytes that are not UTF-8. */
  boolean hasNotUtf8(int from, int to) {
    if (sawNotUtf8) {
      for (int i = from; i < to; i++) {
        if (chars[i] == NOT_UTF8 && (i == from || !Character.isHighSurrogate(chars[i - 1]))) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Moves the characters from {@code keep} on to the start and reads more behind them.
   *
   * @return false at the end of the stream; the kept characters have moved all the same
   */
  boolean fill(int keep) throws IOException {
    limit -= keep;
    System.arraycopy(chars, keep, chars, 0, limit);
    if (chars.length - limit < BYTES) {
      char[] grown = new char[2 * chars.length];
      System.arraycopy(chars, 0, grown, 0, limit);
      chars = grown;
    }
    int before = limit;
    while (limit == before && !atEnd) {
      readBytes();
      decode();
      if (!started && limit > 0) {
        started = true;
        if (chars[0] == BYTE_ORDER_MARK) {
          limit--;
          System.arraycopy(chars, 1, chars, 0, limit);
        }
      }
    }
    return limit > before;
  }

  private void readBytes() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      atEnd = true;
    } else {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
  }

  private void decode() {
    CharBuffer out = CharBuffer.wrap(chars, limit, chars.length - limit);
    CoderResult result = decoder.decode(bytes, out, atEnd);
    while (result.isError()) {
      bytes.position(bytes.position() + result.length());
      out.put(NOT_UTF8);
      sawNotUtf8 = true;
      result = decoder.decode(bytes, out, atEnd);
    }
    limit = out.position();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
