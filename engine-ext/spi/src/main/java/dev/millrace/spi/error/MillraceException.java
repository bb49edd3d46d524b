// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.error;

import java.util.Optional;

/**
 * A failure to be shown to a person: what was found, where, and what to do. Modules create it
 * through the typed methods of their error catalogue, never directly.
 */
public final class MillraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final transient Location location;

  public MillraceException(ErrorCode code, Location location, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.location = location;
  }

  public MillraceException(ErrorCode code, String message) {
    this(code, null, message, null);
  }

  public MillraceException(ErrorCode code, String message, Throwable cause) {
    this(code, null, message, cause);
  }

  public ErrorCode code() {
    return code;
  }

  public ErrorCategory category() {
    return code.category();
  }

  public Optional<Location> location() {
    return Optional.ofNullable(location);
  }

  /** {@code order.sql:3:17: MR-SQL-004: column 'qyt' not found}. */
  public String report() {
    return (location == null ? "" : location + ": ") + code.id() + ": " + getMessage();
  }
}
