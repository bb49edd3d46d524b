// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import java.io.IOException;

/**
 * A registry did not answer, or does not know a schema yet: the same record may well be read later,
 * and is not bad.
 */
class UnansweredException extends IOException {
  private static final long serialVersionUID = 1L;

  UnansweredException(String message, Throwable cause) {
    super(message, cause);
  }
}
