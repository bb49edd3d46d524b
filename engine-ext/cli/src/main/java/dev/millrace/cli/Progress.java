// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.engine.RunMetrics;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/** How far a run is: on a terminal now and then in one line, and everywhere at its end. */
final class Progress implements Consumer<RunMetrics> {
  private static final String CLEAR_LINE = "\r\u001B[K";
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintStream err;
  private final boolean terminal;
  private RunMetrics last = new RunMetrics(0, 0, 0, 0, Long.MIN_VALUE, 0);

  Progress(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void accept(RunMetrics metrics) {
    last = metrics;
    if (terminal) {
      err.print(CLEAR_LINE + line(metrics));
      err.flush();
    }
  }

  void finished(RunMetrics metrics) {
    summary("", metrics);
  }

  /** Tells what was last known of the run, as does {@link #failed}. */
  void interrupted() {
    summary("interrupted: ", last);
  }

  void failed() {
    summary("failed: ", last);
  }

  private void summary(String outcome, RunMetrics metrics) {
    err.println((terminal ? CLEAR_LINE : "") + outcome + line(metrics));
  }

  private static String line(RunMetrics metrics) {
    double seconds = metrics.elapsedNanos() / NANOS_PER_SECOND;
    return String.format(
        Locale.ROOT,
        "rows in %d, out %d, late %d, dead %d; %.0f rows/s in %.1f s",
        metrics.rowsIn(),
        metrics.rowsOut(),
        metrics.late(),
        metrics.dead(),
        seconds > 0 ? metrics.rowsIn() / seconds : 0,
        seconds);
  }
}
