// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.connector.TransactionalSink;
import java.util.List;
import java.util.Map;

/** A run between two batches. Valid during a call of {@link Boundary} only. */
public interface Cut {
  /** The sinks that hold staged effects; empty unless the run is transactional. */
  List<TransactionalSink> staged();

  /** Flushes the sinks that write by themselves. */
  void flush() throws Exception;

  /** Where each rewindable source would go on behind what was read so far, by table name. */
  Map<String, String> positions();

  FlowMetrics metrics();
}
