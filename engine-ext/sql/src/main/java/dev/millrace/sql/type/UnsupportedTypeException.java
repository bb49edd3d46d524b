// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.type;

/** A type that Flink has and the plan has not; the message names it. */
public final class UnsupportedTypeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedTypeException(String message) {
    super(message);
  }
}
