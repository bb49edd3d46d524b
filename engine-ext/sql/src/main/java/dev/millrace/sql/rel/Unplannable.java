// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.spi.error.Location;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.sql.error.SqlErrors;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something the plan has no node for, found where places in the script are no longer known; the
 * statement's own place is added by who knows it.
 */
public final class Unplannable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<String> timeColumn;
  private final transient Function<Location, MillraceException> error;

  Unplannable(String what) {
    super(what);
    timeColumn = Optional.empty();
    error = at -> SqlErrors.unsupported(at, what);
  }

  Unplannable(String what, String hint) {
    super(what);
    timeColumn = Optional.empty();
    error = at -> SqlErrors.unsupported(at, what, hint);
  }

  private Unplannable(String timeColumn, Function<Location, MillraceException> error) {
    this.timeColumn = Optional.of(timeColumn);
    this.error = error;
  }

  /** A window over a column that is no event time. */
  static Unplannable noEventTime(String column) {
    return new Unplannable(column, at -> SqlErrors.noEventTime(at, column));
  }

  /** The column a window is made over, if that is what is wrong. */
  public Optional<String> timeColumn() {
    return timeColumn;
  }

  public MillraceException at(Location location) {
    return error.apply(location);
  }
}
