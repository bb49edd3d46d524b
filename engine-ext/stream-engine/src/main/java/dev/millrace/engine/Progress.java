// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.runtime.stage.FlowProgress;
import java.util.List;
import java.util.Optional;

/** What the runtime tells of a run, in the engine's words. */
final class Progress {
  private Progress() {}

  static PipelineProgress of(
      RunMetrics metrics, FlowProgress flow, Optional<PipelineProgress.State> state) {
    List<PipelineProgress.Source> sources =
        flow.sources().stream()
            .map(
                source ->
                    new PipelineProgress.Source(
                        source.table(),
                        source.rowsIn(),
                        source.watermarkMicros(),
                        source.idle(),
                        source.silent(),
                        source.lagRows()))
            .toList();
    List<PipelineProgress.Window> windows =
        flow.windows().stream()
            .map(
                window ->
                    new PipelineProgress.Window(
                        window.operator(),
                        window.firesAtMicros(),
                        window.watermarkMicros(),
                        window.heldBackBy(),
                        window.heldBackByPart()))
            .toList();
    return new PipelineProgress(metrics, sources, windows, state);
  }
}
