// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import java.sql.SQLException;

/** A service of the host: the engine's committed history events on their way into a channel. */
@FunctionalInterface
public interface HistoryTap {
  /** Nothing is on its way. */
  HistoryTap NONE = () -> false;

  /**
   * Puts what has been committed into the channel.
   *
   * @return whether there may be more
   */
  boolean settle() throws SQLException;
}
