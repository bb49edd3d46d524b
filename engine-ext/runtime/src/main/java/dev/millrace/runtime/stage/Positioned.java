// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.OptionalLong;

/** Knows how far a source has been read by the stage that computes. Called by its thread. */
interface Positioned {
  String table();

  /** Where reading goes on behind the rows handed on so far; null if the source cannot tell. */
  String position();

  /** How many rows the source has beyond those read, where it can tell. */
  OptionalLong lag();

  Feed feed();

  /** Hands on the next batch that was recorded, before anything new is read. */
  void repeatRows() throws Exception;
}
