// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.List;

/** How far a run has come, source by source, and which windows wait for event time. */
public record FlowProgress(List<SourceProgress> sources, List<WaitingWindow> windows) {
  public FlowProgress {
    sources = List.copyOf(sources);
    windows = List.copyOf(windows);
  }
}
