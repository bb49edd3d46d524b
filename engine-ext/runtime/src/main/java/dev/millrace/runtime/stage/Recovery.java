// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.state.Snapshot;
import java.util.List;

/**
 * Where a run goes on with its state.
 *
 * @param traces what was read from the snapshot up to the positions the run goes on from, in order
 */
public record Recovery(Snapshot snapshot, List<byte[]> traces) {
  public Recovery {
    traces = List.copyOf(traces);
  }
}
