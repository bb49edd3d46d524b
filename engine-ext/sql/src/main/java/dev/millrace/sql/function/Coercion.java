// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

/** What the plan converts arguments to before a function sees them. */
public enum Coercion {
  /** Taken as they are. */
  NONE,
  /** All to one type; decimals keep their digits. */
  COMPARED,
  /** Numbers to DOUBLE. */
  DOUBLE,
  /** Integers to INT. */
  INT,
  /** Integers to BIGINT. */
  BIGINT,
  /** All to the type of the result. */
  RESULT,
  /** By turns to the types of the result's keys and values. */
  ENTRIES,
  /** The second to the type of the first one's keys. */
  KEY
}
