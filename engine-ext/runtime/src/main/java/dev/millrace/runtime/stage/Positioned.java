// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

/** Knows how far a source has been read by the stage that computes. */
interface Positioned {
  String table();

  /** Where reading goes on behind the rows handed on so far; null if the source cannot tell. */
  String position();
}
