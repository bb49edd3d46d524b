// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.fault;

/**
 * The moments at which a crash hurts: around and inside every transaction that moves a run, a
 * pipeline or a rollback on. Thread-safe.
 *
 * <p>Without {@code -Dmillrace.fault-points=true} at the start of the JVM a point costs nothing and
 * nothing can be injected. A test enumerates {@link #values} and proves that each is survived: a
 * new point is covered by being named here.
 */
public enum FaultPoint {
  /** Rows are leased, in a transaction not yet committed. */
  LEASE_TAKEN,
  /** The lease is committed; the node has not begun. */
  LEASE_CLAIMED,
  /** Leases are prolonged, not yet committed. */
  LEASE_RENEWING,
  LEASE_RENEWED,
  /** A node that stops has given back what it held, not yet committed. */
  LEASE_RELEASING,
  LEASE_RELEASED,

  /** A run is queued in the engine's transaction, not yet committed. */
  RUN_QUEUED,
  /** A worker has a claimed run in hand. */
  RUN_STARTED,
  /** All is read and computed; the transaction of the commit is not yet open. */
  RUN_COMMITTING,
  /** The commit holds the run's row. */
  RUN_LOCKED,
  /** The sinks have written. */
  RUN_EFFECTS_WRITTEN,
  /** The journal is written. */
  RUN_JOURNALED,
  /** The run is complete and its activity left, not yet committed. */
  RUN_COMPLETED,
  RUN_COMMITTED,
  /** A run has failed, which is recorded nowhere yet. */
  RUN_FAILING,
  RUN_FAILED,
  /** A run is cancelled in the engine's transaction, not yet committed. */
  RUN_CANCELLED,

  /** A pipeline is made known in the transaction of its deployment, not yet committed. */
  PIPELINE_DEPLOYED,
  /** A worker has a claimed pipeline in hand. */
  PIPELINE_STARTED,
  PIPELINE_COMMITTING,
  PIPELINE_LOCKED,
  PIPELINE_EFFECTS_WRITTEN,
  /** Positions are written, not yet committed. */
  PIPELINE_ADVANCED,
  PIPELINE_COMMITTED,
  PIPELINE_FAILING,
  PIPELINE_FAILED,
  /** Its input has ended; it has not yet been marked as stopped. */
  PIPELINE_ENDING,

  /** A handler is parked in the engine's transaction, not yet committed. */
  ROLLBACK_PARKED,
  /** A handler has claimed the run it will undo, not yet committed. */
  ROLLBACK_RUN_CLAIMED,
  /** A worker has parked handlers in hand. */
  ROLLBACK_STARTED,
  ROLLBACK_LOCKED,
  /** An effect is taken back, and not yet marked so. */
  UNDO_STEP,
  /** An effect is taken back and marked so. */
  UNDO_STEP_MARKED,
  /** All effects of a run are taken back. */
  UNDO_RUN_UNDONE,
  /** The handler is done and left, not yet committed. */
  ROLLBACK_DONE,
  ROLLBACK_COMMITTED,
  ROLLBACK_FAILING,
  ROLLBACK_FAILED,

  /** Records to be sent are written, not yet committed. */
  OUTBOX_WRITTEN,
  /** A worker has a claimed target in hand. */
  OUTBOX_STARTED,
  /** The target is taken over; nothing is sent yet. */
  OUTBOX_RECOVERED,
  /** The target has taken records, which are not yet forgotten here. */
  OUTBOX_SENT,
  OUTBOX_FORGOTTEN,

  /** An operator's order is in hand. */
  ORDER_STARTED,
  ORDER_LOCKED,
  /** All of an order is undone, not yet committed. */
  ORDER_DONE,
  ORDER_COMMITTED,

  /** Messages are kept for a subscriber that is not there yet, not yet committed. */
  INBOX_BUFFERED,
  /** Messages are handed over, not yet committed. */
  INBOX_DELIVERED,
  INBOX_DELIVERY_COMMITTED,
  /** A message has led to what its expiry shall lead to, not yet committed. */
  INBOX_EXPIRED,

  /** Runs of an instance nobody remembers are deleted, not yet committed. */
  RUNS_FORGOTTEN;

  private static final boolean ON = Boolean.getBoolean("millrace.fault-points");

  private static volatile Fault fault = point -> {};

  /** Called where the point is. */
  public void reached() {
    if (ON) {
      fault.at(this);
    }
  }

  /**
   * From now on every point reached is told to this fault.
   *
   * @throws IllegalStateException in a JVM that was not started for it
   */
  public static void inject(Fault injected) {
    if (!ON) {
      throw new IllegalStateException("start the JVM with -Dmillrace.fault-points=true");
    }
    fault = injected;
  }
}
