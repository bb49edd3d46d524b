// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.row.RowBatch;
import java.util.List;
import java.util.Map;

/** A run between two batches. Valid during a call of {@link Boundary} only. */
public interface Cut {
  /** The sinks that hold staged effects; empty unless the run is transactional. */
  List<TransactionalSink> staged();

  /** About how many bytes the run holds until it commits: staged rows and dead letters. */
  long awaitingBytes();

  /** Called behind each commit. */
  void committed();

  /** Flushes the sinks that write by themselves. */
  void flush() throws Exception;

  /** Where each rewindable source would go on behind what was read so far, by table name. */
  Map<String, String> positions();

  FlowMetrics metrics();

  /**
   * Whether rows of a table can be inserted now: not before its source has told of which parts it
   * is, and not behind its end.
   */
  boolean takesInserts(String table);

  /** Whether the next commit can take so many rows more; else one must come first. */
  boolean hasRoom(int rows);

  /**
   * Lets rows into a run of one lane as if the source of a table had just read them. They are
   * recorded themselves, since no source could give them again.
   *
   * @param position where they were found when they were read; it may begin with the name of a part
   *     of the source and a slash: they are then of that part
   * @return how many came too late
   */
  long insert(String table, RowBatch rows, String position) throws Exception;

  /**
   * The one row inserted last has failed and stays what it was before: it counts neither as read
   * nor as dead.
   */
  void uncount(String table);

  /** What is held back goes out, as when input pauses. */
  void pause() throws Exception;

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
