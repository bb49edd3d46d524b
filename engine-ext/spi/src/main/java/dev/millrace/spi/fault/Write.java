// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.fault;

import java.util.Collection;
import java.util.Optional;

/**
 * A transaction of ours that changes something, and the fault points right before and right behind
 * its commit. Who opens a transaction names it: there is no other way to commit. Immutable.
 */
public enum Write {
  LEASE_CLAIM(FaultPoint.LEASE_TAKEN, FaultPoint.LEASE_CLAIMED),
  LEASE_RENEWAL(FaultPoint.LEASE_RENEWING, FaultPoint.LEASE_RENEWED),
  LEASE_RELEASE(FaultPoint.LEASE_RELEASING, FaultPoint.LEASE_RELEASED),

  RUN(FaultPoint.RUN_COMPLETED, FaultPoint.RUN_COMMITTED),
  RUN_FAILURE(FaultPoint.RUN_FAILURE_WRITTEN, FaultPoint.RUN_FAILED),
  RUN_POSTPONEMENT(FaultPoint.RUN_POSTPONING, FaultPoint.RUN_POSTPONED),

  PIPELINE(FaultPoint.PIPELINE_WRITTEN, FaultPoint.PIPELINE_COMMITTED),
  PIPELINE_FAILURE(FaultPoint.PIPELINE_FAILURE_WRITTEN, FaultPoint.PIPELINE_FAILED),
  PIPELINE_END(FaultPoint.PIPELINE_STOPPING, FaultPoint.PIPELINE_STOPPED),
  PIPELINE_STEERING(FaultPoint.PIPELINE_STEERING, FaultPoint.PIPELINE_STEERED),
  WISH(FaultPoint.WISH_FULFILLING, FaultPoint.WISH_FULFILLED),
  SNAPSHOT(FaultPoint.SNAPSHOT_SAVING, FaultPoint.SNAPSHOT_SAVED),

  ROLLBACK(FaultPoint.ROLLBACK_DONE, FaultPoint.ROLLBACK_COMMITTED),
  ROLLBACK_FAILURE(FaultPoint.ROLLBACK_FAILURE_WRITTEN, FaultPoint.ROLLBACK_FAILED),
  ROLLBACK_RESUMPTION(FaultPoint.ROLLBACK_RESUMING, FaultPoint.ROLLBACK_RESUMED),
  ORDER_STEERING(FaultPoint.ORDER_STEERING, FaultPoint.ORDER_STEERED),
  ORDER(FaultPoint.ORDER_DONE, FaultPoint.ORDER_COMMITTED),
  ORDER_FAILURE(FaultPoint.ORDER_FAILURE_WRITTEN, FaultPoint.ORDER_FAILED),
  UNDO(FaultPoint.UNDO_WRITTEN, FaultPoint.UNDO_COMMITTED),

  OUTBOX_INTRODUCTION(FaultPoint.OUTBOX_INTRODUCING, FaultPoint.OUTBOX_INTRODUCED),
  OUTBOX_PUBLICATION(FaultPoint.OUTBOX_FORGETTING, FaultPoint.OUTBOX_FORGOTTEN),
  OUTBOX_REFUSAL(FaultPoint.OUTBOX_REFUSING, FaultPoint.OUTBOX_REFUSED),
  OUTBOX_FAILURE(FaultPoint.OUTBOX_FAILURE_WRITTEN, FaultPoint.OUTBOX_FAILED),

  INBOX_DELIVERY(FaultPoint.INBOX_DELIVERED, FaultPoint.INBOX_DELIVERY_COMMITTED),
  INBOX_FAILURE(FaultPoint.INBOX_FAILURE_WRITTEN, FaultPoint.INBOX_FAILED),
  INBOX_EXPIRY(FaultPoint.INBOX_EXPIRED, FaultPoint.INBOX_EXPIRY_COMMITTED),
  INBOX_STEERING(FaultPoint.INBOX_STEERING, FaultPoint.INBOX_STEERED),

  HOOK_OPENING(FaultPoint.HOOK_OPENING, FaultPoint.HOOK_OPENED),
  HOOK_BODY(FaultPoint.HOOK_STORING, FaultPoint.HOOK_STORED),
  HISTORY_MOVE(FaultPoint.HISTORY_MOVING, FaultPoint.HISTORY_MOVED),
  DEAD_LETTER(FaultPoint.DEAD_LETTER_ENDING, FaultPoint.DEAD_LETTER_ENDED),
  REPLAY_REQUEST(FaultPoint.REPLAY_REQUESTING, FaultPoint.REPLAY_REQUESTED),
  LETTER_GIVING(FaultPoint.LETTER_GIVING, FaultPoint.LETTER_GIVEN),
  SWEEP(FaultPoint.SWEEPING, FaultPoint.SWEPT);

  private final FaultPoint committing;
  private final FaultPoint committed;

  Write(FaultPoint committing, FaultPoint committed) {
    this.committing = committing;
    this.committed = committed;
  }

  /**
   * Called as the last thing in the transaction.
   *
   * @param result what the transaction returns: {@code false}, 0 and what is empty say that it
   *     changed nothing, which is no moment to crash at
   */
  public void committing(Object result) {
    if (changed(result)) {
      committing.reached();
    }
  }

  /**
   * Called when it is committed.
   *
   * @param result as in {@link #committing}
   */
  public void committed(Object result) {
    if (changed(result)) {
      committed.reached();
    }
  }

  private static boolean changed(Object result) {
    boolean nothing =
        Boolean.FALSE.equals(result)
            || Optional.empty().equals(result)
            || result instanceof Number number && number.longValue() == 0
            || result instanceof Collection<?> all && all.isEmpty();
    return !nothing;
  }
}
