// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import java.sql.Connection;
import java.util.concurrent.Callable;

/**
 * A service of the host: what a batch of engine calls needs besides the engine. Thread-safe; works
 * on the transaction of the calling thread.
 */
public interface EngineCalls {
  /** The open transaction's; never to be committed, rolled back or closed. */
  Connection connection();

  /**
   * Writes to the database what the engine has put off until the end of the open transaction: what
   * the database refuses shows now, and queries see what was done so far.
   */
  void flush();

  /**
   * Does something in a transaction that is then rolled back, to see whether it works. Called while
   * none is open.
   *
   * @throws Exception what the action threw
   */
  void rehearse(Callable<?> action) throws Exception;

  /**
   * Whether a failure means that another transaction was faster, or that a database is away: the
   * same may work next time.
   */
  boolean isCollision(Throwable failure);

  /**
   * Whether a system that a process itself called is away for a while, and not the engine's own
   * database: it answers, and the open transaction is whole. Asked in the transaction the failure
   * came up in.
   */
  boolean isForeign(Throwable failure);
}
