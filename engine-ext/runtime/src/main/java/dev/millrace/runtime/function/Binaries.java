// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.util.Arrays;

/** Functions of BINARY and VARBINARY. */
public final class Binaries {
  private Binaries() {}

  /** Byte by byte, each as an unsigned number; a prefix comes first. */
  public static int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  public static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  public static boolean endsWith(byte[] bytes, byte[] end) {
    int from = bytes.length - end.length;
    return from >= 0 && Arrays.equals(bytes, from, bytes.length, end, 0, end.length);
  }
}
