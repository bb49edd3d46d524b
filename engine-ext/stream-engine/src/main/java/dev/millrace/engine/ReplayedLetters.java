// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.plan.Plan;
import dev.millrace.runtime.dataflow.Dataflow;
import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.runtime.stage.Cut;
import dev.millrace.runtime.stage.DeadRow;
import dev.millrace.runtime.stage.DeadRows;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.row.RowBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sends dead letters through a run that remembers, between two batches. Single-threaded: called on
 * the thread that runs, which in such a run is where rows fail, too.
 *
 * <p>What cannot be read again, or fails again before anything has taken it, stays the letter it
 * is. A record of which a part has gone through is processed; what has failed of it is put aside as
 * of any record.
 */
final class ReplayedLetters implements DeadRows {
  private final ReplayRequests requests;
  private final DeadRows others;
  private final Masks masks;
  private final Passage passage;
  private final Map<String, Vertex.Source> sources = new LinkedHashMap<>();
  private final Services services;
  private final String script;
  private final List<ReplayOutcome> outcomes = new ArrayList<>();

  /** Those given that are still to go through. */
  private final Deque<ReplayRequest> left = new ArrayDeque<>();

  /** What has failed of the letter that is going through; null while none is. */
  private List<DeadRow> failed;

  /**
   * @param others takes rows that are of no letter
   */
  ReplayedLetters(
      ReplayRequests requests,
      DeadRows others,
      Masks masks,
      Plan plan,
      Dataflow dataflow,
      Services services) {
    this.requests = requests;
    this.others = others;
    this.masks = masks;
    this.services = services;
    script = plan.script();
    passage = new Passage(plan);
    for (Vertex vertex : dataflow.vertices()) {
      if (vertex instanceof Vertex.Source source) {
        sources.put(source.name(), source);
      }
    }
  }

  /**
   * Reads what would be processed in place of a letter; nothing comes of it.
   *
   * @throws MillraceException category DATA, if it cannot be
   */
  List<RowBatch> read(DeadLetter letter, Replay replay) {
    Vertex.Source source = sources.get(replay.table());
    if (source == null) {
      throw EngineErrors.noTable(replay.table(), script);
    }
    boolean record = letter.side() == DeadLetter.Side.SOURCE && letter.row().isEmpty();
    String step = letter.side() == DeadLetter.Side.STEP ? letter.table() : "";
    if (!record && !passage.isAlone(replay.table(), letter.side(), step)) {
      throw EngineErrors.statefulReplay(script, replay.table());
    }
    return new ReplayedRows(source.table(), replay).read(source.type(), services);
  }

  /**
   * Lets letters through that are wanted and can be now, as many as the next commit can take.
   *
   * @return whether there were any
   */
  boolean perform(Cut cut) throws Exception {
    if (!outcomes.isEmpty()) {
      return false; // until their commit they would be given once more
    }
    if (left.isEmpty()) {
      left.addAll(requests.next(() -> closed(cut)));
    }
    while (!left.isEmpty() && perform(cut, left.peek())) {
      left.remove();
    }
    return !outcomes.isEmpty();
  }

  /** Tables that take no rows now: what is read of them has ended, or not begun. */
  private Set<String> closed(Cut cut) {
    return sources.keySet().stream()
        .filter(table -> !cut.takesInserts(table))
        .collect(Collectors.toSet());
  }

  /** Returns false if a commit must come first. */
  private boolean perform(Cut cut, ReplayRequest request) throws Exception {
    String table = request.replay().table();
    if (sources.containsKey(table) && !cut.takesInserts(table)) {
      return true; // it is given again, later
    }
    List<RowBatch> batches;
    try {
      batches = read(request.letter(), request.replay());
    } catch (MillraceException e) {
      outcomes.add(stays(request, unread(request, e)));
      return true;
    }
    int rows = batches.stream().mapToInt(RowBatch::size).sum();
    if (!cut.hasRoom(rows)) {
      return false;
    }
    outcomes.add(insert(cut, request, batches, rows));
    FaultPoint.LETTER_SENT_THROUGH.reached();
    return true;
  }

  private ReplayOutcome insert(Cut cut, ReplayRequest request, List<RowBatch> batches, int rows)
      throws Exception {
    failed = new ArrayList<>();
    long late = 0;
    List<DeadRow> failures;
    try {
      for (RowBatch batch : batches) {
        late += cut.insert(request.replay().table(), batch, request.letter().position());
      }
    } finally {
      failures = failed;
      failed = null;
    }
    if (rows == 1 && failures.size() == 1 && isAlone(request, failures.get(0))) {
      cut.uncount(request.replay().table());
      return stays(request, failures.get(0));
    }
    failures.forEach(others::take);
    return new ReplayOutcome(request.id(), late, Optional.empty());
  }

  private boolean isAlone(ReplayRequest request, DeadRow failure) {
    DeadLetter.Side side = DeadLetter.Side.valueOf(failure.side().name());
    return passage.isAlone(request.replay().table(), side, failure.table());
  }

  private ReplayOutcome stays(ReplayRequest request, DeadRow failure) {
    return new ReplayOutcome(request.id(), 0, Optional.of(masks.letter(failure).error()));
  }

  private static DeadRow unread(ReplayRequest request, MillraceException why) {
    return new DeadRow(
        DeadRow.Side.SOURCE,
        request.replay().table(),
        Optional.empty(),
        Map.of(),
        "",
        request.letter().position(),
        why.getCause() instanceof Exception cause ? cause : why);
  }

  /** What has become of letters since the last commit. */
  List<ReplayOutcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /** The outcomes are recorded. */
  void committed() {
    outcomes.clear();
  }

  @Override
  public void take(DeadRow row) {
    if (failed == null) {
      others.take(row);
    } else {
      failed.add(row);
    }
  }
}
