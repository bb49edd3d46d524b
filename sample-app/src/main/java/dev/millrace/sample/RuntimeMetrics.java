// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import dev.millrace.store.RunState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * Figures of the runtime, under {@code /actuator/metrics/millrace.…}: runs by state, rows of runs
 * and pipelines, pipelines by state. Read from the store, hence over all nodes of a database.
 */
@Component
class RuntimeMetrics implements MeterBinder {
  private final RuntimeFigures figures;

  RuntimeMetrics(RuntimeFigures figures) {
    this.figures = figures;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (RunState state : RunState.values()) {
      Gauge.builder("millrace.runs", figures, f -> f.read().runs().getOrDefault(state, 0L))
          .description("Runs of stream tasks by state")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Map<String, ToDoubleFunction<RuntimeFigures.Figures>> rows =
        Map.of(
            "in", f -> f.rows().in(),
            "out", f -> f.rows().out(),
            "late", f -> f.rows().late(),
            "dead", f -> f.rows().dead());
    rows.forEach(
        (kind, value) ->
            FunctionCounter.builder("millrace.rows", figures, f -> value.applyAsDouble(f.read()))
                .description("Rows of runs and pipelines")
                .tag("kind", kind)
                .register(registry));
    Gauge.builder("millrace.pipelines", figures, f -> f.read().running())
        .description("Pipelines that run")
        .register(registry);
  }
}
