// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

/**
 * What shall become of the row with a key.
 *
 * @param row values of the sink's columns, in their columns' classes
 * @param effect on the row
 */
record Change(Object[] row, Effect effect) {
  /** What a change does. */
  enum Effect {
    /** Its values are written, and added to additive columns. */
    UPSERT,
    /** Only additive columns are touched: what the others shall hold is not known. */
    ADD,
    /** The row goes; its values other than the key do not matter. */
    DELETE
  }

  boolean delete() {
    return effect == Effect.DELETE;
  }
}
