// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import dev.millrace.camunda.Millrace;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import dev.millrace.store.RunQuery;
import dev.millrace.store.RunState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/**
 * What the runtime has done, read from the store at most once a second. Thread-safe.
 *
 * <p>Rows of runs and of pipelines are added up here, so that a meter has one meaning.
 */
@Component
class RuntimeFigures {
  /**
   * @param runs by state; states without runs are absent
   * @param rows over completed runs and all pipelines
   */
  record Figures(
      Instant at, Map<RunState, Long> runs, Rows rows, List<Overview.Pipeline> pipelines) {
    long running() {
      return pipelines.stream()
          .filter(pipeline -> pipeline.state() == PipelineState.RUNNING)
          .count();
    }
  }

  record Rows(long in, long out, long late, long dead) {
    static Rows of(RunQuery.Totals runs, List<Pipeline> pipelines) {
      Rows rows = new Rows(runs.rowsIn(), runs.rowsOut(), runs.late(), runs.dead());
      for (Pipeline pipeline : pipelines) {
        Pipeline.Totals totals = pipeline.totals();
        rows =
            new Rows(
                rows.in + totals.rowsIn(),
                rows.out + totals.rowsOut(),
                rows.late + totals.late(),
                rows.dead + totals.dead());
      }
      return rows;
    }
  }

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Millrace millrace;
  private Figures last;

  RuntimeFigures(Millrace millrace) {
    this.millrace = millrace;
  }

  synchronized Figures read() {
    Instant now = Instant.now();
    if (last == null || Duration.between(last.at(), now).compareTo(FRESH) >= 0) {
      last = readAt(now);
    }
    return last;
  }

  private Figures readAt(Instant now) {
    try {
      List<Pipeline> pipelines = millrace.pipelines().list();
      return new Figures(
          now,
          millrace.runs().countByState(),
          Rows.of(millrace.runs().totals(), pipelines),
          pipelines.stream().map(Overview.Pipeline::of).toList());
    } catch (SQLException unreadable) {
      throw new UncategorizedSQLException("figures of the runtime", null, unreadable);
    }
  }
}
