// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

/**
 * A text that can be read only so many times before it fails, and not on an interrupted thread: a
 * bound for engines that backtrack.
 */
final class BoundedText implements CharSequence {
  private static final long MAX_READS = 20_000_000L;
  private static final int CHECK_MASK = (1 << 14) - 1;

  private final CharSequence text;
  private final long[] reads;

  BoundedText(String text) {
    this(text, new long[1]);
  }

  private BoundedText(CharSequence text, long[] reads) {
    this.text = text;
    this.reads = reads;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    long count = ++reads[0];
    if ((count & CHECK_MASK) == 0
        && (count > MAX_READS || Thread.currentThread().isInterrupted())) {
      throw FunctionErrors.regexTooCostly();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new BoundedText(text.subSequence(start, end), reads);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
