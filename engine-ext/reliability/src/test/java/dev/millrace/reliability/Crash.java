// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

/** Unwinds what runs on a node that has died: none of it can reach the database any more. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash(String where) {
    super(where);
  }
}
