// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A {@link Services service}: durable named streams that the host keeps in the engine's database.
 * Events are numbered from 1 in the order of their commits, without gaps: who has read up to a
 * number misses nothing below it. Values are of the classes named at {@link
 * dev.millrace.spi.row.RowValues}. Thread-safe.
 */
public interface Channels {
  /**
   * @param tenant whose channel it is; empty without one
   */
  record Name(String tenant, String channel) {}

  /**
   * @param row by column name
   */
  record Event(long sequence, Map<String, Object> row) {}

  /**
   * What a channel holds.
   *
   * @param keep how long at least; an event goes when all readers have passed it, too
   * @param maxEvents more fail the commit that brings them, with category RESOURCE
   */
  record Bounds(Duration keep, long maxEvents) {}

  /** Appends events in the open transaction; who else appends waits for it. */
  void append(SinkTransaction transaction, Name name, Bounds bounds, List<Map<String, Object>> rows)
      throws SQLException;

  /** Tells readers on this node that events of a channel were committed. */
  void committed(Name name);

  /** Changes with each {@link #committed}; cheap to ask. */
  LongSupplier news(Name name);

  /** The next events behind a number, in order. */
  List<Event> read(Name name, long after, int max) throws SQLException;

  /** The number of the oldest event there is, or that of the next one if there is none. */
  long first(Name name) throws SQLException;

  /** The number of the last event; 0 if there was none. */
  long last(Name name) throws SQLException;
}
