// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.fault;

/**
 * The moments at which a crash hurts: around and inside every transaction that moves a run, a
 * pipeline or a rollback on. Which two belong to a transaction's commit says {@link Write}.
 * Thread-safe.
 *
 * <p>Without {@code -Dmillrace.fault-points=true} at the start of the JVM a point costs nothing and
 * nothing can be injected. A test enumerates {@link #values} and proves that each is survived: a
 * new point is covered by being named here.
 */
public enum FaultPoint {
  /** Rows are leased, in a transaction not yet committed. */
  LEASE_TAKEN,
  /** Leases are committed; the node has not begun. */
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
  /** It is recorded, or the process has caught it, not yet committed. */
  RUN_FAILURE_WRITTEN,
  RUN_FAILED,
  /** A run waits as its instance is suspended, not yet committed. */
  RUN_POSTPONING,
  RUN_POSTPONED,
  /** A run is cancelled in the engine's transaction, not yet committed. */
  RUN_CANCELLED,

  /** A pipeline is made known in the transaction of its deployment, not yet committed. */
  PIPELINE_DEPLOYED,
  /** A worker has a claimed pipeline in hand. */
  PIPELINE_STARTED,
  PIPELINE_COMMITTING,
  PIPELINE_LOCKED,
  PIPELINE_EFFECTS_WRITTEN,
  /** Positions are written. */
  PIPELINE_ADVANCED,
  /** All is written, what it read and its snapshot too, not yet committed. */
  PIPELINE_WRITTEN,
  PIPELINE_COMMITTED,
  PIPELINE_FAILING,
  PIPELINE_FAILURE_WRITTEN,
  PIPELINE_FAILED,
  /** Its input has ended; it has not yet been marked as stopped. */
  PIPELINE_ENDING,
  /** It is marked as stopped, or goes on with the script that follows, not yet committed. */
  PIPELINE_STOPPING,
  PIPELINE_STOPPED,
  /** An operator starts, pauses, drains or stops it, not yet committed. */
  PIPELINE_STEERING,
  PIPELINE_STEERED,
  /** What an operator wanted is done, and marked so, not yet committed. */
  WISH_FULFILLING,
  WISH_FULFILLED,
  /** A snapshot is written beside the commits, not yet committed. */
  SNAPSHOT_SAVING,
  SNAPSHOT_SAVED,

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
  ROLLBACK_FAILURE_WRITTEN,
  ROLLBACK_FAILED,
  /** An operator lets handlers go on, not yet committed. */
  ROLLBACK_RESUMING,
  ROLLBACK_RESUMED,

  /** Records to be sent are written, not yet committed. */
  OUTBOX_WRITTEN,
  /** A worker has a claimed target in hand. */
  OUTBOX_STARTED,
  /** The target is taken over; nothing is sent yet. */
  OUTBOX_RECOVERED,
  /** The target has taken records, which are not yet forgotten here. */
  OUTBOX_SENT,
  /** Records are forgotten, not yet committed. */
  OUTBOX_FORGETTING,
  OUTBOX_FORGOTTEN,
  /** A new target is made known, not yet committed. */
  OUTBOX_INTRODUCING,
  OUTBOX_INTRODUCED,
  /** A record its target refuses is taken out, not yet committed. */
  OUTBOX_REFUSING,
  OUTBOX_REFUSED,
  /** Sending failed, and is recorded so, not yet committed. */
  OUTBOX_FAILURE_WRITTEN,
  OUTBOX_FAILED,

  /** An operator orders, resumes or cancels a rollback, not yet committed. */
  ORDER_STEERING,
  ORDER_STEERED,
  /** An operator's order is in hand. */
  ORDER_STARTED,
  ORDER_LOCKED,
  /** All of an order is undone, not yet committed. */
  ORDER_DONE,
  ORDER_COMMITTED,
  /** An order has failed, which is recorded nowhere yet. */
  ORDER_FAILING,
  ORDER_FAILURE_WRITTEN,
  ORDER_FAILED,
  /** Runs are undone at an operator's word, at once, not yet committed. */
  UNDO_WRITTEN,
  UNDO_COMMITTED,

  /** Messages are kept for a subscriber that is not there yet, not yet committed. */
  INBOX_BUFFERED,
  /** Messages are handed over, not yet committed. */
  INBOX_DELIVERED,
  INBOX_DELIVERY_COMMITTED,
  /** A process has failed with its message, which is recorded, not yet committed. */
  INBOX_FAILURE_WRITTEN,
  INBOX_FAILED,
  /** A message has led to what its expiry shall lead to, not yet committed. */
  INBOX_EXPIRED,
  INBOX_EXPIRY_COMMITTED,
  /** An operator lets messages wait again or start a process, not yet committed. */
  INBOX_STEERING,
  INBOX_STEERED,

  /** A hook is made known, not yet committed. */
  HOOK_OPENING,
  HOOK_OPENED,
  /** A body is written, not yet committed. */
  HOOK_STORING,
  /** It is durable; its sender has not been told. */
  HOOK_STORED,

  /** Events of the engine's history become a channel's, not yet committed. */
  HISTORY_MOVING,
  HISTORY_MOVED,

  /** A dead letter is replayed or discarded, not yet committed. */
  DEAD_LETTER_ENDING,
  DEAD_LETTER_ENDED,
  /** A letter of a pipeline with state shall be replayed, not yet committed. */
  REPLAY_REQUESTING,
  REPLAY_REQUESTED,
  /** Letters are given to the pipeline that runs, or taken from it for good; not yet committed. */
  LETTER_GIVING,
  LETTER_GIVEN,
  /** A letter has gone through the pipeline that runs, of which nothing is committed. */
  LETTER_SENT_THROUGH,
  /** The commit of what came of it says so. */
  LETTER_MARKED,

  /** Runs of an instance nobody remembers are deleted, not yet committed. */
  RUNS_FORGOTTEN,
  /** What nobody needs any more is removed, not yet committed. */
  SWEEPING,
  SWEPT;

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
