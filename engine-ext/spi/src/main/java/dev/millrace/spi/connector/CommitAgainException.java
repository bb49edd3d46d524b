// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

/**
 * Thrown by {@link TransactionalSink#apply} when a row has spoilt the transaction: it must be
 * rolled back, and the same commit applied again in a new one. The sink puts such rows aside, so
 * each time it does with less.
 */
public final class CommitAgainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Between between;

  /** What a sink does while no transaction is open, before the commit is applied again. */
  @FunctionalInterface
  public interface Between {
    void run() throws Exception;
  }

  public CommitAgainException(Throwable cause) {
    this(cause, () -> {});
  }

  public CommitAgainException(Throwable cause, Between between) {
    super("the commit is repeated without the row that spoilt it", cause);
    this.between = between;
  }

  /** To be called once, after the rollback and on the same thread; a failure is the commit's. */
  public void beforeNext() throws Exception {
    between.run();
  }
}
