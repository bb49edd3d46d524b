// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.util.List;

/**
 * What an undo did, or a preview found.
 *
 * @param undone effects taken back
 * @param skipped effects left as they are, with reasons
 * @param conflicts rows that stood in the way; if there is one, nothing was changed
 */
public record UndoReport(String runId, long undone, List<String> skipped, List<String> conflicts) {
  public UndoReport {
    skipped = List.copyOf(skipped);
    conflicts = List.copyOf(conflicts);
  }

  /** True if nothing stands in the way: the run is undone, or would be. */
  public boolean isClean() {
    return conflicts.isEmpty();
  }
}
