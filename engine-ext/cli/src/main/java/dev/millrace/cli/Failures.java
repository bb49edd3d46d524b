// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.error.ScriptException;
import java.io.PrintWriter;

/** Failures as a person reads them: one a line, {@code file:line:column: CODE: message}. */
final class Failures {
  private Failures() {}

  static void report(Throwable failure, PrintWriter err, boolean verbose) {
    if (failure instanceof ScriptException script) {
      script.errors().forEach(error -> err.println(oneLine(error.report())));
    } else if (failure instanceof MillraceException known) {
      err.println(oneLine(known.report()));
    } else {
      err.println(
          oneLine(
              "millrace: "
                  + failure.getClass().getSimpleName()
                  + ": "
                  + failure.getMessage()
                  + " (a fault of millrace; --verbose shows more)"));
    }
    if (verbose) {
      failure.printStackTrace(err);
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
