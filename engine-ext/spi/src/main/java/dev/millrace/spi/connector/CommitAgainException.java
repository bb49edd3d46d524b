// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

/**
 * Thrown by {@link TransactionalSink#apply} when a row has spoilt the transaction: it must be
 * rolled back, and the same commit applied again in a new one. The sink has put the row aside, so
 * each time it does with one row less.
 */
public final class CommitAgainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommitAgainException(Throwable cause) {
    super("the commit is repeated without the row that spoilt it", cause);
  }
}
