// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

import java.nio.charset.StandardCharsets;

/** Takes records that could not become rows. Single-threaded, as its caller. */
public interface BadRecords {
  /**
   * Returns if the run's setting is to keep going: the record is stored or counted, and the reader
   * goes on with the next.
   *
   * @param record the record's text or bytes as text, as far as known
   * @param position where it was found, for a person: {@code orders.csv:17}
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the run shall fail
   */
  void deadLetter(String record, String position, Exception cause);

  /**
   * As {@link #deadLetter(String, String, Exception)}, with the record's own bytes: they can then
   * be read again once what was wrong is corrected.
   */
  default void deadLetter(byte[] record, String position, Exception cause) {
    deadLetter(new String(record, StandardCharsets.UTF_8), position, cause);
  }
}
