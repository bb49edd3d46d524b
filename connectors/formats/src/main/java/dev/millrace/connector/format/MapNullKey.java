// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

/** What becomes of an entry of a MAP whose key is NULL, where a key is a name. */
enum MapNullKey {
  /** The row is bad. */
  FAIL,
  /** The entry is left out. */
  DROP,
  /** A name stands for NULL. */
  LITERAL
}
