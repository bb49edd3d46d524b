// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.connector.SinkTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run is ready to make visible, at once or not at all. */
public interface Commit {
  /** Writes all staged effects through the open transaction. May be repeated in another one. */
  void apply(SinkTransaction transaction) throws Exception;

  /** Where each rewindable source would go on, by table name. */
  Map<String, String> positions();

  /** What decides the order of what was done since the last commit; empty if nobody needs it. */
  Optional<byte[]> trace();

  /** All that is remembered behind this commit, where it must be stored with it. */
  Optional<byte[]> snapshot();

  /** What has become of dead letters an operator wanted to be processed again. */
  List<ReplayOutcome> replayed();

  /** True for the commit that ends a bounded run. */
  boolean isLast();

  /** Up to now: rows may become dead letters while they are applied. */
  RunMetrics metrics();
}
