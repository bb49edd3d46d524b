// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Functions of CHAR and VARCHAR; positions count from 1, and code points where nothing is said. */
public final class Strings {
  private static final int MAX_LENGTH = 1 << 28;

  private Strings() {}

  /** By code point, which is the order of their UTF-8 bytes. */
  public static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean high = Character.isSurrogate(x);
        if (high != Character.isSurrogate(y)) {
          return high ? 1 : -1;
        }
        return Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  public static String substring(String text, int position) {
    return substring(text, position, Integer.MAX_VALUE);
  }

  /** A position below 0 counts from the end, 0 is 1; null where the length is below 0. */
  public static String substring(String text, int position, int length) {
    if (length < 0) {
      return null;
    }
    int count = length(text);
    int start = position > 0 ? position - 1 : position < 0 ? count + position : 0;
    if (start < 0 || start >= count) {
      return "";
    }
    int end = count - start < length ? count : start + length;
    return slice(text, count, start, end);
  }

  private static String slice(String text, int count, int start, int end) {
    if (count == text.length()) {
      return text.substring(start, end);
    }
    int from = text.offsetByCodePoints(0, start);
    return text.substring(from, text.offsetByCodePoints(from, end - start));
  }

  public static String left(String text, int length) {
    return length <= 0 ? "" : substring(text, 1, length);
  }

  public static String right(String text, int length) {
    if (length <= 0) {
      return "";
    }
    return length >= length(text) ? text : substring(text, -length);
  }

  public static String trim(String text, String characters) {
    return trimRight(trimLeft(text, characters), characters);
  }

  public static String trimLeft(String text) {
    return trimLeft(text, " ");
  }

  public static String trimLeft(String text, String characters) {
    int from = 0;
    while (from < text.length()) {
      int point = text.codePointAt(from);
      if (characters.indexOf(point) < 0) {
        break;
      }
      from += Character.charCount(point);
    }
    return text.substring(from);
  }

  public static String trimRight(String text) {
    return trimRight(text, " ");
  }

  public static String trimRight(String text, String characters) {
    int end = text.length();
    while (end > 0) {
      int point = text.codePointBefore(end);
      if (characters.indexOf(point) < 0) {
        break;
      }
      end -= Character.charCount(point);
    }
    return text.substring(0, end);
  }

  public static String trim(String text) {
    return trim(text, " ");
  }

  /** 0 where it is not found; 1 for an empty needle. */
  public static int position(String needle, String text) {
    return position(needle, text, 1);
  }

  public static int position(String needle, String text, int from) {
    if (needle.isEmpty()) {
      return 1;
    }
    int start = 0;
    int skipped = 0;
    while (start < text.length() && skipped < from - 1) {
      start += Character.charCount(text.codePointAt(start));
      skipped++;
    }
    int found = text.indexOf(needle, start);
    return found < 0 ? 0 : skipped + text.codePointCount(start, found) + 1;
  }

  public static int instr(String text, String needle) {
    return instr(text, needle, 1, 1);
  }

  public static int instr(String text, String needle, int from) {
    return instr(text, needle, from, 1);
  }

  /** The position of an occurrence; a start below 0 searches backwards from the end. */
  public static int instr(String text, String needle, int from, int occurrence) {
    if (occurrence <= 0) {
      throw FunctionErrors.badArgument("INSTR", "" + occurrence, "an occurrence from 1");
    }
    if (from == 0) {
      return 0;
    }
    if (from < 0) {
      int mirrored = instr(reverse(text), reverse(needle), -from, occurrence);
      return mirrored == 0 ? 0 : length(text) + 2 - mirrored - length(needle);
    }
    int start = from;
    int found = 0;
    for (int i = 0; i < occurrence; i++) {
      found = position(needle, text, start);
      if (found == 0) {
        return 0;
      }
      start = found + 1;
    }
    return found;
  }

  public static boolean startsWith(String text, String start) {
    return text.startsWith(start);
  }

  public static boolean endsWith(String text, String end) {
    return text.endsWith(end);
  }

  public static String replace(String text, String old, String replacement) {
    return text.replace(old, replacement);
  }

  public static String overlay(String text, String replacement, int start) {
    return overlay(text, replacement, start, replacement.length());
  }

  /**
   * As Flink, in UTF-16 units, and without the rest of the text where the length is not above 0.
   */
  public static String overlay(String text, String replacement, int start, int length) {
    if (start <= 0 || start > text.length()) {
      return text;
    }
    String head = text.substring(0, start - 1) + replacement;
    boolean rest = length > 0 && (long) start + length <= text.length();
    return rest ? head + text.substring(start - 1 + length) : head;
  }

  public static String padLeft(String text, int length, String pad) {
    if (length < 0 || pad.isEmpty()) {
      return null;
    }
    int missing = Math.max(length - text.length(), 0);
    return padding(missing, pad, "LPAD") + text.substring(0, Math.min(text.length(), length));
  }

  public static String padRight(String text, int length, String pad) {
    if (length < 0 || pad.isEmpty()) {
      return null;
    }
    int missing = Math.max(length - text.length(), 0);
    return text.substring(0, Math.min(text.length(), length)) + padding(missing, pad, "RPAD");
  }

  private static String padding(int length, String pad, String function) {
    bounded(length, function);
    return pad.repeat(length / pad.length()) + pad.substring(0, length % pad.length());
  }

  private static void bounded(long length, String function) {
    if (length > MAX_LENGTH) {
      throw FunctionErrors.badArgument(function, "" + length, "a length up to " + MAX_LENGTH);
    }
  }

  public static String repeat(String text, int times) {
    bounded((long) text.length() * Math.max(times, 0), "REPEAT");
    return text.repeat(Math.max(times, 0));
  }

  public static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  /** Words are of ASCII letters and digits, as in Flink. */
  public static String initcap(String text) {
    StringBuilder result = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lower = c >= 'a' && c <= 'z';
      boolean upper = c >= 'A' && c <= 'Z';
      if (lower && !inWord) {
        result.append((char) (c - 32));
      } else if (upper && inWord) {
        result.append((char) (c + 32));
      } else {
        result.append(c);
      }
      inWord = lower || upper || (c >= '0' && c <= '9');
    }
    return result.toString();
  }

  /** The first byte in UTF-8, signed, as in Flink; 0 for an empty text. */
  public static int ascii(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int point = text.codePointAt(0);
    if (point < 0x80) {
      return point;
    }
    if (point >= 0xD800 && point <= 0xDFFF) {
      return '?';
    }
    return (byte)
        (point < 0x800
            ? 0xC0 | point >> 6
            : point < 0x10000 ? 0xE0 | point >> 12 : 0xF0 | point >> 18);
  }

  public static String chr(long code) {
    return code < 0 ? "" : String.valueOf((char) (code & 0xFF));
  }

  /** The piece at an index from 0 between separators, or null. */
  public static String splitIndex(String text, String separator, int index) {
    if (index < 0 || text.isEmpty()) {
      return null;
    }
    if (separator.isEmpty()) {
      List<String> words = blankSeparated(text);
      return index < words.size() ? words.get(index) : null;
    }
    int from = 0;
    for (int i = 0; i < index; i++) {
      int next = text.indexOf(separator, from);
      if (next < 0) {
        return null;
      }
      from = next + separator.length();
    }
    int end = text.indexOf(separator, from);
    return text.substring(from, end < 0 ? text.length() : end);
  }

  private static List<String> blankSeparated(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        words.add(text.substring(from, i));
        from = i + 1;
      }
    }
    words.add(text.substring(from));
    return words;
  }

  /** Separated by the character of a code from 1 to 255. */
  public static String splitIndex(String text, int character, int index) {
    return character > 255 || character < 1
        ? null
        : splitIndex(text, String.valueOf((char) character), index);
  }

  /** Each code point of {@code from} becomes the one at its place in {@code to}, or nothing. */
  public static String translate(String text, String from, String to) {
    if (from.isEmpty()) {
      return text;
    }
    int[] old = from.codePoints().toArray();
    int[] replacement = to.codePoints().toArray();
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              int at = indexOf(old, point);
              if (at < 0) {
                result.appendCodePoint(point);
              } else if (at < replacement.length) {
                result.appendCodePoint(replacement[at]);
              }
            });
    return result.toString();
  }

  private static int indexOf(int[] points, int point) {
    for (int i = 0; i < points.length; i++) {
      if (points[i] == point) {
        return i;
      }
    }
    return -1;
  }

  /** Cut to a number of code points, and with {@code pad} filled up with blanks. */
  public static String fit(String text, int length, boolean pad) {
    if (text.length() <= length && !pad) {
      return text;
    }
    int count = length(text);
    if (count > length) {
      return slice(text, count, 0, length);
    }
    return pad && count < length ? text + " ".repeat(length - count) : text;
  }
}
