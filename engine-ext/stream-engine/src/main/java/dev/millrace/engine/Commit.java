// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.connector.SinkTransaction;
import java.util.Map;

/** What a run is ready to make visible, at once or not at all. */
public interface Commit {
  /** Writes all staged effects through the open transaction. May be repeated in another one. */
  void apply(SinkTransaction transaction) throws Exception;

  /** Where each rewindable source would go on, by table name. */
  Map<String, String> positions();

  /** True for the commit that ends a bounded run. */
  boolean isLast();

  /** Up to now: rows may become dead letters while they are applied. */
  RunMetrics metrics();
}
