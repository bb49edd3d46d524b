// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.outbox;

import java.util.List;

/**
 * Sends what was committed, in order. Single-threaded. Calls: {@code recover send* close}.
 *
 * <p>Exactly once, where the system can tell what it has taken: {@link #send} makes its records and
 * the last sequence visible there at once or not at all, and {@link #recover} reads that sequence
 * back. A system that cannot gets the sequence with each record, as a key by which it may know
 * those it has.
 */
public interface Publisher extends AutoCloseable {
  /**
   * Takes the target over: from now on no publisher opened before can send. Returns the last
   * sequence the target has taken; 0 if it has none or cannot tell.
   */
  long recover() throws Exception;

  /**
   * How many records are handed in at once, at most: what is handed in and breaks off half-way may
   * be sent again.
   */
  int maxRecords();

  /**
   * Sends these, all or none where the system can; else it remembers which it has sent. Once this
   * returns they are durable at the target.
   *
   * @param intents in order, at least one
   * @param hold asked before anything is sent that the system would take from any node
   * @throws RefusedRecordException if the target will never take one of them; it is handed in no
   *     more, the others again
   * @throws InterruptedException if the hold is lost
   */
  void send(List<Intent> intents, Hold hold) throws Exception;

  @Override
  void close();
}
