// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.transaction;

import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.store.Outboxes;
import dev.millrace.store.PendingOutbox;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where commits hand in what shall be sent. Thread-safe.
 *
 * @param limit the most records that may wait for a target
 */
public record OutboxDesk(Outboxes outboxes, long limit, OutboxBell bell) {
  public PendingOutbox ofRun(Connection db, String runId) {
    return outboxes.ofRun(db, runId, limit);
  }

  public PendingOutbox ofPipeline(Connection db, String pipeline) {
    return outboxes.ofPipeline(db, pipeline, limit);
  }

  /** The last thing in a transaction of the engine: who sends to the same target waits for it. */
  public void handIn(PendingOutbox outbox) throws SQLException {
    if (outbox.flush()) {
      FaultPoint.OUTBOX_WRITTEN.reached();
      EngineTransaction.current().afterCommit(bell::ring);
    }
  }
}
