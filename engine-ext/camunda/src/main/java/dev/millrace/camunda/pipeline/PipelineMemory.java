// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.engine.StateStore;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.store.Pipeline;
import dev.millrace.store.Snapshots;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots of one pipeline, in the engine's database. Called on the thread that runs; they are
 * written on another.
 */
final class PipelineMemory implements StateStore {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineMemory.class);

  private final Pipeline pipeline;
  private final Snapshots snapshots;
  private final ExecutorService writer;
  private final Set<Long> damaged = ConcurrentHashMap.newKeySet();
  private List<Long> stored;
  private long commit;
  private Map<String, String> positions;

  PipelineMemory(
      Pipeline pipeline,
      Map<String, String> positions,
      Snapshots snapshots,
      ExecutorService writer) {
    this.positions = Map.copyOf(positions);
    this.pipeline = pipeline;
    this.snapshots = snapshots;
    this.writer = writer;
    commit = pipeline.totals().commits();
  }

  /** The number of the commit that has just happened, and where sources go on behind it. */
  void committed(long number, Map<String, String> behind) {
    commit = number;
    positions = Map.copyOf(behind);
  }

  @Override
  public Optional<Saved> saved(int age) throws SQLException {
    if (stored == null) {
      stored = snapshots.commits(pipeline.name());
    }
    if (age >= stored.size()) {
      return Optional.empty();
    }
    long number = stored.get(age);
    return Optional.of(
        new Saved(
            Long.toString(number),
            snapshots.load(pipeline.name(), number),
            snapshots.tracesBehind(pipeline.name(), number)));
  }

  @Override
  public void damaged(Saved saved, MillraceException why) {
    damaged.add(Long.valueOf(saved.name()));
    LOG.error(
        "pipeline {}: the snapshot of commit {} is passed over for the one before it: {}",
        pipeline.name(),
        saved.name(),
        why.report());
  }

  @Override
  public Future<Optional<Exception>> save(byte[] snapshot) {
    long number = commit;
    Map<String, String> behind = positions;
    return writer.submit(() -> write(number, snapshot, behind));
  }

  private Optional<Exception> write(long number, byte[] snapshot, Map<String, String> behind) {
    try {
      if (!snapshots.save(pipeline.claim(), number, snapshot, behind, damaged)) {
        LOG.debug("pipeline {} is no longer ours: its snapshot is dropped", pipeline.name());
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn(
          "pipeline {}: the snapshot of commit {} was not stored; the ones before stay: {}",
          pipeline.name(),
          number,
          e.toString());
      return Optional.of(e);
    }
    return Optional.empty();
  }
}
