// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.util.ArrayList;
import java.util.List;

/**
 * A compiled LIKE pattern: {@code %} stands for any text, {@code _} for one code point that is not
 * a line terminator (Flink's rule). Immutable. Time is at most text length times pattern length,
 * whatever the pattern.
 */
public final class LikePattern {
  private static final int ANY_ONE = -1;

  private final String literal;
  private final boolean openStart;
  private final boolean openEnd;
  private final int[][] pieces;

  private LikePattern(String literal, boolean openStart, boolean openEnd, int[][] pieces) {
    this.literal = literal;
    this.openStart = openStart;
    this.openEnd = openEnd;
    this.pieces = pieces;
  }

  /**
   * @param escape makes a following {@code %}, {@code _} or itself literal; empty for none
   * @throws dev.millrace.spi.error.MillraceException where the escape is not one character, or
   *     stands before another
   */
  public static LikePattern of(String pattern, String escape) {
    int escapeChar = escapeOf(escape);
    List<int[]> pieces = new ArrayList<>();
    List<Integer> piece = new ArrayList<>();
    boolean openStart = false;
    boolean openEnd = false;
    for (int i = 0; i < pattern.length(); ) {
      int point = pattern.codePointAt(i);
      i += Character.charCount(point);
      openEnd = false;
      if (point == escapeChar) {
        piece.add(escaped(pattern, i, escapeChar));
        i++;
      } else if (point == '%') {
        openStart |= pieces.isEmpty() && piece.isEmpty();
        openEnd = true;
        flush(piece, pieces);
      } else {
        piece.add(point == '_' ? ANY_ONE : point);
      }
    }
    flush(piece, pieces);
    int[][] all = pieces.toArray(int[][]::new);
    return new LikePattern(literalOf(all), openStart, openEnd, all);
  }

  private static int escapeOf(String escape) {
    if (escape.length() > 1) {
      throw FunctionErrors.badArgument("LIKE", escape, "one character to escape with");
    }
    return escape.isEmpty() ? Integer.MAX_VALUE : escape.charAt(0);
  }

  private static int escaped(String pattern, int at, int escape) {
    char next = at < pattern.length() ? pattern.charAt(at) : 0;
    if (at >= pattern.length() || (next != '%' && next != '_' && next != escape)) {
      throw FunctionErrors.badArgument("LIKE", pattern, "%, _ or the escape behind each escape");
    }
    return next;
  }

  private static void flush(List<Integer> piece, List<int[]> pieces) {
    if (!piece.isEmpty()) {
      pieces.add(piece.stream().mapToInt(Integer::intValue).toArray());
      piece.clear();
    }
  }

  /** The text of a pattern of one piece without {@code _}, or null. */
  private static String literalOf(int[][] pieces) {
    if (pieces.length == 0) {
      return "";
    }
    for (int point : pieces[0]) {
      if (point == ANY_ONE) {
        return null;
      }
    }
    return pieces.length == 1 ? new String(pieces[0], 0, pieces[0].length) : null;
  }

  public boolean matches(String text) {
    if (literal == null) {
      return matchesPieces(text);
    }
    if (openStart) {
      return openEnd ? text.contains(literal) : text.endsWith(literal);
    }
    return openEnd ? text.startsWith(literal) : text.equals(literal);
  }

  /** The first piece at the start, the last at the end, each other where it is found first. */
  private boolean matchesPieces(String text) {
    int first = 0;
    int last = pieces.length;
    int from = 0;
    int end = text.length();
    if (!openStart) {
      from = endOfMatch(text, 0, pieces[first++]);
      if (from < 0) {
        return false;
      }
      if (first == last && !openEnd) {
        return from == end;
      }
    }
    if (!openEnd && first < last) {
      end = startOfMatchAtEnd(text, pieces[--last]);
      if (end < from) {
        return false;
      }
    }
    for (int p = first; p < last; p++) {
      from = search(text, from, pieces[p]);
      if (from < 0 || from > end) {
        return false;
      }
    }
    return true;
  }

  private static int search(String text, int from, int[] piece) {
    for (int i = from; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int found = endOfMatch(text, i, piece);
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }

  private static int endOfMatch(String text, int at, int[] piece) {
    int i = at;
    for (int wanted : piece) {
      if (i >= text.length()) {
        return -1;
      }
      int point = text.codePointAt(i);
      if (wanted == ANY_ONE ? isLineEnd(point) : point != wanted) {
        return -1;
      }
      i += Character.charCount(point);
    }
    return i;
  }

  private static int startOfMatchAtEnd(String text, int[] piece) {
    int i = text.length();
    for (int p = piece.length - 1; p >= 0; p--) {
      if (i <= 0) {
        return -1;
      }
      int point = text.codePointBefore(i);
      if (piece[p] == ANY_ONE ? isLineEnd(point) : point != piece[p]) {
        return -1;
      }
      i -= Character.charCount(point);
    }
    return i;
  }

  private static boolean isLineEnd(int point) {
    return point == '\n' || point == '\r' || point == 0x85 || point == 0x2028 || point == 0x2029;
  }
}
