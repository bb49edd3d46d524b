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
}
