// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

/** A registry says that it does not know a schema, or not yet. */
final class UnknownException extends UnansweredException {
  private static final long serialVersionUID = 1L;

  UnknownException(String message) {
    super(message, null);
  }
}
