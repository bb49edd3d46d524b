// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.OptionalLong;

/** A source that can tell how far behind it is. Called between polls, same thread. */
public interface LaggingSource extends RowSource {
  /**
   * Rows there are by now and that were not polled yet, or records where only those can be counted;
   * empty if that is unknown for the moment.
   */
  OptionalLong lag();
}
