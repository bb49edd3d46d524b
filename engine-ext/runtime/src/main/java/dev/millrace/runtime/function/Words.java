// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

/** The word by which functions of this package say NULL; no date, time or length has that value. */
public final class Words {
  public static final long NULL = Long.MIN_VALUE;

  private Words() {}
}
