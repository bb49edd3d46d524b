// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

/** What to do with what cannot be processed. Called by any thread of the run, one at a time. */
@FunctionalInterface
public interface DeadRows {
  /**
   * Returns if the run shall go on.
   *
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the run shall fail
   */
  void take(DeadRow row);
}
