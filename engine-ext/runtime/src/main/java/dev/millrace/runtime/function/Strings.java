// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

/** Functions of CHAR and VARCHAR; positions and lengths count code points. */
public final class Strings {
  private Strings() {}

  /** By code point, which is the order of their UTF-8 bytes. */
  public static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothSurrogates = Character.isSurrogate(x) && Character.isSurrogate(y);
        boolean oneSurrogate = Character.isSurrogate(x) != Character.isSurrogate(y);
        if (oneSurrogate && !bothSurrogates) {
          return Character.isSurrogate(x) ? 1 : -1;
        }
        return Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
