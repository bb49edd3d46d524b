// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A {@link Services service}: what was posted to the host's webhooks, durable and in order.
 * Thread-safe.
 */
public interface Hooks {
  /**
   * What was posted.
   *
   * @param sequence from 1 on, without gaps, in the order of the commits
   * @param mediaType as the sender said; empty if it did not
   */
  @SuppressWarnings("ArrayRecordComponent") // not compared
  record Body(long sequence, String mediaType, byte[] bytes) {}

  /** The configured hooks. */
  Set<String> names();

  /**
   * Whether the host lets a tenant's pipelines read a hook.
   *
   * @param tenant empty for pipelines without one
   */
  boolean mayRead(String hook, Optional<String> tenant);

  /** The bodies behind a sequence, oldest first; those of a hook are kept until they are read. */
  List<Body> read(String hook, long after, int max) throws SQLException;

  /** Which sequences are kept: those behind the first number, up to the second. */
  record Kept(long removedTo, long newest) {}

  /** What is kept of a hook by now. */
  Kept kept(String hook) throws SQLException;

  /** The newest sequence this node knows of, without asking the database; 0 for none. */
  long newest(String hook);

  /**
   * A source's position as the host can read it: how far a hook was read tells what may be removed.
   *
   * @param readTo the last sequence that was read whole
   * @param rest the source's own
   */
  static String position(String hook, long readTo, String rest) {
    return "hook:" + hook + ":" + readTo + ":" + rest;
  }

  /** The last sequence that was read whole by this position; empty if it is another hook's. */
  static OptionalLong readTo(String hook, String position) {
    String prefix = "hook:" + hook + ":";
    if (!position.startsWith(prefix)) {
      return OptionalLong.empty();
    }
    int end = position.indexOf(':', prefix.length());
    return OptionalLong.of(Long.parseLong(position.substring(prefix.length(), end)));
  }
}
