// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.outbox;

/** The target will never take a record: it is too large, or malformed. */
public final class RefusedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long sequence;

  /**
   * @param sequence of the record
   */
  public RefusedRecordException(long sequence, Throwable cause) {
    super(cause.getMessage(), cause);
    this.sequence = sequence;
  }

  public long sequence() {
    return sequence;
  }
}
