// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.error.ScriptException;
import java.sql.SQLException;

/** Any failure as one with a category. */
public final class Failures {
  private Failures() {}

  public static MillraceException of(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof MillraceException known) {
        return storable(known);
      }
      if (each instanceof ScriptException script) {
        return storable(script.errors().get(0));
      }
      if (each instanceof SQLException database && EngineCommands.isPassing(database)) {
        return storable(TaskRunErrors.database(database, failure));
      }
    }
    return storable(TaskRunErrors.unexpected(failure));
  }

  /** PostgreSQL's text cannot hold U+0000, which a broken record may well contain. */
  private static MillraceException storable(MillraceException failure) {
    String message = failure.getMessage();
    return message == null || message.indexOf('\u0000') < 0
        ? failure
        : new MillraceException(
            failure.code(),
            failure.location().orElse(null),
            message.replace('\u0000', '\uFFFD'),
            failure);
  }
}
