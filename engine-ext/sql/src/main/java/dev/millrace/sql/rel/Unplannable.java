// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.spi.error.Location;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.sql.error.SqlErrors;
import java.util.function.Function;

/**
 * Something the plan has no node for, found where places in the script are no longer known; the
 * statement's own place is added by who knows it.
 */
public final class Unplannable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Function<Location, MillraceException> error;

  Unplannable(String what) {
    super(what);
    error = at -> SqlErrors.unsupported(at, what);
  }

  Unplannable(String what, String hint) {
    super(what);
    error = at -> SqlErrors.unsupported(at, what, hint);
  }

  private Unplannable(Function<Location, MillraceException> error) {
    this.error = error;
  }

  /** A window over a column that is no event time. */
  static Unplannable noEventTime(String column) {
    return new Unplannable(at -> SqlErrors.noEventTime(at, column));
  }

  public MillraceException at(Location location) {
    return error.apply(location);
  }
}
