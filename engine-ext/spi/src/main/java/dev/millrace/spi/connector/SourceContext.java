// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

/** What the running engine offers a source. */
public interface SourceContext {
  /** The host's services with those of the run, such as the process instance it works for. */
  Services services();

  /**
   * Takes a record that could not become a row. Returns if the run's setting is to keep going: the
   * record is stored or counted, and the source goes on with the next. Single-threaded, as the
   * source.
   *
   * @param record the record's text or bytes as text, as far as known
   * @param position where it was found, for a person: {@code orders.csv:17}
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the run shall fail
   */
  void deadLetter(String record, String position, Exception cause);
}
