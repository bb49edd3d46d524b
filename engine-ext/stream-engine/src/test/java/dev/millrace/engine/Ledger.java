// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** The database of a pipeline: what is committed outlives its runs. */
final class Ledger implements TableSink, Committer, StateStore {
  /** The node is gone. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private record Stored(long commit, byte[] bytes) {}

  private final List<String> lines = new ArrayList<>();
  private final List<String> applied = new ArrayList<>();
  private final List<Stored> snapshots = new ArrayList<>();
  private final List<Stored> traces = new ArrayList<>();
  private final List<String> passedOver = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final NavigableMap<Long, ReplayRequest> wanted = new TreeMap<>();
  private final List<ReplayOutcome> outcomes = new ArrayList<>();
  private Map<String, String> positions = new HashMap<>();
  private long commits;
  private long crashAt = Long.MAX_VALUE;
  private boolean crashBefore;
  private int replayed;

  List<String> lines() {
    return lines;
  }

  Map<String, Integer> folded() {
    Map<String, Integer> rows = new TreeMap<>();
    for (String line : lines) {
      int change = line.startsWith("+") ? 1 : -1;
      rows.merge(line.substring(2), change, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
    }
    return rows;
  }

  Map<String, String> positions() {
    return positions;
  }

  long commits() {
    return commits;
  }

  int snapshots() {
    return snapshots.size();
  }

  byte[] newestSnapshot() {
    return snapshots.get(snapshots.size() - 1).bytes().clone();
  }

  /** As if a source had been read up to there only, and had no more. */
  void forgetPositionOf(String table, String position) {
    positions = new HashMap<>(positions);
    positions.put(table, position);
  }

  List<String> passedOver() {
    return passedOver;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  /** Wants a letter to be replayed, once a few commits have been. */
  void want(ReplayRequest request) {
    wanted.put(request.id(), request);
  }

  /** One every other commit. */
  ReplayRequests replays() {
    return closed ->
        wanted.isEmpty() || commits % 2 == 0 ? List.of() : List.of(wanted.firstEntry().getValue());
  }

  List<ReplayOutcome> outcomes() {
    return outcomes;
  }

  /** How often a run began with something to repeat. */
  int replayed() {
    return replayed;
  }

  /**
   * @param before the commit does not happen any more
   */
  void crashAt(long commit, boolean before) {
    crashAt = commit;
    crashBefore = before;
  }

  void damageNewestSnapshot() {
    snapshots.get(snapshots.size() - 1).bytes()[7] ^= 1;
  }

  @Override
  public void commit(Commit commit) throws Exception {
    applied.clear();
    commit.apply(null);
    if (commits + 1 == crashAt && crashBefore) {
      throw new Crash();
    }
    commits++;
    lines.addAll(applied);
    outcomes.addAll(commit.replayed());
    commit.replayed().forEach(outcome -> wanted.remove(outcome.id()));
    positions = commit.positions();
    commit.trace().ifPresent(trace -> traces.add(new Stored(commits, trace)));
    commit.snapshot().ifPresent(snapshot -> snapshots.add(new Stored(commits, snapshot)));
    if (commits == crashAt) {
      throw new Crash();
    }
  }

  @Override
  public Optional<Saved> saved(int age) {
    int at = snapshots.size() - 1 - age;
    if (at < 0) {
      return Optional.empty();
    }
    Stored snapshot = snapshots.get(at);
    List<byte[]> behind =
        traces.stream().filter(it -> it.commit() > snapshot.commit()).map(Stored::bytes).toList();
    replayed += behind.isEmpty() ? 0 : 1;
    return Optional.of(new Saved("of commit " + snapshot.commit(), snapshot.bytes(), behind));
  }

  @Override
  public void damaged(Saved saved, MillraceException why) {
    passedOver.add(saved.name() + ": " + why.getMessage());
  }

  @Override
  public Future<Optional<Exception>> save(byte[] snapshot) {
    snapshots.add(new Stored(commits, snapshot));
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public ChangelogMode accepts() {
    return ChangelogMode.ALL;
  }

  @Override
  public EffectClass effectClass() {
    return EffectClass.REVERSIBLE;
  }

  @Override
  public RowSink open(SinkContext context) {
    return new Writer();
  }

  private final class Writer implements TransactionalSink {
    private final List<String> staged = new ArrayList<>();

    @Override
    public void write(RowBatch batch) {
      for (int row = 0; row < batch.size(); row++) {
        staged.add(batch.rowToString(row));
      }
    }

    @Override
    public void apply(SinkTransaction transaction) {
      applied.addAll(staged);
    }

    @Override
    public void committed() {
      staged.clear();
    }
  }
}
