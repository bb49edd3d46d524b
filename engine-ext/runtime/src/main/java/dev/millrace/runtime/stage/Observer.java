// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.operator.WatermarkOperator;
import dev.millrace.runtime.operator.window.WindowAggregateOperator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tells how far a run of one lane has come. Called by its stage's thread, between batches, now and
 * then. Cold code.
 */
final class Observer {
  private final List<Positioned> sources;
  private final List<Step> steps;

  Observer(List<Positioned> sources, List<Step> steps) {
    this.sources = sources;
    this.steps = steps;
  }

  FlowProgress look() {
    Map<String, Long> watermarks = watermarks();
    List<SourceProgress> progress = new ArrayList<>();
    for (Positioned source : sources) {
      Feed feed = source.feed();
      progress.add(
          new SourceProgress(
              source.table(),
              feed.rows(),
              known(watermarks.getOrDefault(source.table(), Long.MIN_VALUE)),
              feed.isIdle(),
              Duration.ofNanos(feed.silentNs()),
              source.lag()));
    }
    return new FlowProgress(progress, windows(watermarks));
  }

  private static OptionalLong known(long micros) {
    return micros == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(micros);
  }

  /** The event time each source has reached, by table. */
  private Map<String, Long> watermarks() {
    Map<String, Long> watermarks = new HashMap<>();
    for (Step step : steps) {
      if (step.operator() instanceof WatermarkOperator operator) {
        Set<String> tables = SourceTables.above(step.vertex());
        tables.forEach(table -> watermarks.merge(table, operator.watermark(), Math::min));
      }
    }
    return watermarks;
  }

  private List<WaitingWindow> windows(Map<String, Long> watermarks) {
    List<WaitingWindow> windows = new ArrayList<>();
    for (Step step : steps) {
      if (step.operator() instanceof WindowAggregateOperator operator) {
        OptionalLong next = operator.nextFiring();
        if (next.isPresent()) {
          Optional<String> slowest = slowest(SourceTables.above(step.vertex()), watermarks);
          windows.add(
              new WaitingWindow(
                  step.vertex().name(),
                  next.getAsLong(),
                  known(step.watermark()),
                  slowest,
                  slowest.flatMap(this::slowestPart)));
        }
      }
    }
    return windows;
  }

  /** Of the operator that lags most behind, if event time of the table is made by several. */
  private Optional<String> slowestPart(String table) {
    return steps.stream()
        .filter(step -> SourceTables.above(step.vertex()).contains(table))
        .map(Step::operator)
        .filter(WatermarkOperator.class::isInstance)
        .map(WatermarkOperator.class::cast)
        .min(Comparator.comparing(WatermarkOperator::watermark))
        .flatMap(WatermarkOperator::slowestPart);
  }

  private Optional<String> slowest(Set<String> tables, Map<String, Long> watermarks) {
    return sources.stream()
        .filter(source -> tables.contains(source.table()) && !source.feed().isIdle())
        .map(Positioned::table)
        .min(Comparator.comparing(table -> watermarks.getOrDefault(table, Long.MIN_VALUE)));
  }
}
