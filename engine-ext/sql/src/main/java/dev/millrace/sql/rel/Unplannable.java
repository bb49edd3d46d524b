// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.spi.error.Location;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.sql.error.SqlErrors;

/**
 * Something the plan has no node for, found where places in the script are no longer known; the
 * statement's own place is added by who knows it.
 */
public final class Unplannable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  Unplannable(String what) {
    this(what, null);
  }

  Unplannable(String what, String hint) {
    super(what);
    this.hint = hint;
  }

  public MillraceException at(Location location) {
    return hint == null
        ? SqlErrors.unsupported(location, getMessage())
        : SqlErrors.unsupported(location, getMessage(), hint);
  }
}
