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

  /** How far each source has come, and which windows wait. For a run of one lane. */
  FlowProgress progress();

  /** Ends the run as if all sources had ended: windows fire, and the last commit follows. */
  void drain();

  /** Events recorded and not yet taken by {@link #trace}. */
  long recorded();

  /** What decides the order of what was done since this was called last. */
  byte[] trace();

  /** Whether what the trace taken last tells can be done again, with the same outcome. */
  boolean replayable();

  /**
   * All that is remembered now, with the positions.
   *
   * @throws dev.millrace.spi.error.MillraceException category RESOURCE, if it is too much
   */
  byte[] snapshot();
}
