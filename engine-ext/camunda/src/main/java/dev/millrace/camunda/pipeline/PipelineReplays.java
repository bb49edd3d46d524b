// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.engine.DeadLetter;
import dev.millrace.engine.Replay;
import dev.millrace.engine.ReplayOutcome;
import dev.millrace.engine.ReplayRequest;
import dev.millrace.engine.ReplayRequests;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.store.LetterReplays;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Dead letters that one pipeline at work shall process again. Called on the thread that runs. */
final class PipelineReplays implements ReplayRequests {
  /** A commit holds so many at most: each may be of 1 MiB. */
  private static final int AT_ONCE = 16;

  private final String pipeline;
  private final LetterReplays replays;
  private final Wishes wishes;

  /** There may be some: from before it ran here, or more than a commit holds. */
  private boolean mayBeMore = true;

  PipelineReplays(String pipeline, LetterReplays replays, Wishes wishes) {
    this.pipeline = pipeline;
    this.replays = replays;
    this.wishes = wishes;
  }

  @Override
  public List<ReplayRequest> next() throws SQLException {
    if (!wishes.takeReplays(pipeline) && !mayBeMore) {
      return List.of();
    }
    mayBeMore = false;
    return replays.requested(pipeline, AT_ONCE).stream().map(PipelineReplays::request).toList();
  }

  private static ReplayRequest request(LetterReplays.Requested requested) {
    DeadLetter letter = requested.letter().letter();
    LetterReplays.Wanted wanted = requested.wanted();
    Replay replay =
        wanted.isLetterItself()
            ? Replay.of(letter, wanted.table())
            : new Replay(
                DeadLetter.Side.SOURCE,
                wanted.table(),
                wanted.bytes().stream().toList(),
                wanted.rows());
    return new ReplayRequest(requested.letter().id(), letter, replay);
  }

  /** Writes down what has become of them, in the transaction of the commit. */
  void record(Connection db, List<ReplayOutcome> outcomes) throws SQLException {
    for (ReplayOutcome outcome : outcomes) {
      if (!replays.record(db, outcome)) {
        throw new IllegalStateException(
            "dead letter %d was taken away from pipeline '%s'".formatted(outcome.id(), pipeline));
      }
      FaultPoint.LETTER_MARKED.reached();
    }
    mayBeMore |= !outcomes.isEmpty();
  }
}
