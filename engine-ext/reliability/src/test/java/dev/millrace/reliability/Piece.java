// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import dev.millrace.spi.fault.FaultPoint;

/** What a {@link Workload} can do: each reaches its points at least twice. */
enum Piece {
  /** Two runs that stay. */
  KEEP,
  /** Two runs whose instance is suspended for a while. */
  SUSPEND,
  /** Two runs that are compensated. */
  UNDO,
  /** Two runs that fail, one of which the process catches and one of which is cancelled. */
  FAIL,
  /** Compensations that fail at first. */
  UNDO_FAILS,
  /** Two pipelines that end, one after the other. */
  FLOW,
  /** Two pipelines that outlive a third of their lease. */
  SLOW_FLOW,
  /** Two pipelines that fail. */
  FLOW_FAILS,
  /** A pipeline whose node stops, twice, while it is at work. */
  LEAVE,
  /** A pipeline that is paused and resumed. */
  STEER,
  /** A pipeline that counts, stores snapshots and is drained. */
  REMEMBER,
  /** An operator rolls an instance back. */
  ORDER,
  /** An operator rolls an instance back of which rows have changed. */
  ORDER_FAILS,
  /** An operator rolls an instance back while he waits. */
  UNDO_NOW,
  /** An operator replays dead letters. */
  REPLAY,
  /** A pipeline that counts replays dead letters. */
  RECOUNT,
  /** Messages that come before those who wait for them. */
  EARLY_MESSAGE,
  /** Messages for which nobody comes. */
  LOST_MESSAGE,
  /** As those, which are then forgotten. */
  SWEEP,
  /** Messages that fail, until an operator starts a process for them. */
  REJECTED_MESSAGE,
  /** Records for a topic. */
  SEND,
  /** Records for brokers to which nobody has sent before. */
  SEND_ANEW,
  /** Records that are too large. */
  SEND_TOO_MUCH,
  /** A record for a system this node does not know. */
  SEND_NOWHERE,
  /** Bodies for two hooks. */
  HOOK,
  /** Events of the engine's history. */
  HISTORY,
  /** Instances are forgotten. */
  FORGET;

  /** A piece that reaches the point. A new point is given one here. */
  static Piece reaching(FaultPoint point) {
    return switch (point) {
      case LEASE_TAKEN, LEASE_CLAIMED -> KEEP;
      case LEASE_RENEWING, LEASE_RENEWED -> SLOW_FLOW;
      case LEASE_RELEASING, LEASE_RELEASED -> LEAVE;
      case RUN_QUEUED,
          RUN_STARTED,
          RUN_COMMITTING,
          RUN_LOCKED,
          RUN_EFFECTS_WRITTEN,
          RUN_JOURNALED,
          RUN_COMPLETED,
          RUN_COMMITTED ->
          KEEP;
      case RUN_FAILING, RUN_FAILURE_WRITTEN, RUN_FAILED, RUN_CANCELLED -> FAIL;
      case RUN_POSTPONING, RUN_POSTPONED -> SUSPEND;
      case PIPELINE_DEPLOYED,
          PIPELINE_STARTED,
          PIPELINE_COMMITTING,
          PIPELINE_LOCKED,
          PIPELINE_EFFECTS_WRITTEN,
          PIPELINE_ADVANCED,
          PIPELINE_WRITTEN,
          PIPELINE_COMMITTED,
          PIPELINE_ENDING,
          PIPELINE_STOPPING,
          PIPELINE_STOPPED ->
          FLOW;
      case PIPELINE_FAILING, PIPELINE_FAILURE_WRITTEN, PIPELINE_FAILED -> FLOW_FAILS;
      case PIPELINE_STEERING, PIPELINE_STEERED -> STEER;
      case WISH_FULFILLING, WISH_FULFILLED, SNAPSHOT_SAVING, SNAPSHOT_SAVED -> REMEMBER;
      case ROLLBACK_PARKED,
          ROLLBACK_RUN_CLAIMED,
          ROLLBACK_STARTED,
          ROLLBACK_LOCKED,
          UNDO_STEP,
          UNDO_STEP_MARKED,
          UNDO_RUN_UNDONE,
          ROLLBACK_DONE,
          ROLLBACK_COMMITTED ->
          UNDO;
      case ROLLBACK_FAILING,
          ROLLBACK_FAILURE_WRITTEN,
          ROLLBACK_FAILED,
          ROLLBACK_RESUMING,
          ROLLBACK_RESUMED ->
          UNDO_FAILS;
      case ORDER_STEERING,
          ORDER_STEERED,
          ORDER_STARTED,
          ORDER_LOCKED,
          ORDER_DONE,
          ORDER_COMMITTED ->
          ORDER;
      case ORDER_FAILING, ORDER_FAILURE_WRITTEN, ORDER_FAILED -> ORDER_FAILS;
      case UNDO_WRITTEN, UNDO_COMMITTED -> UNDO_NOW;
      case INBOX_BUFFERED, INBOX_DELIVERED, INBOX_DELIVERY_COMMITTED -> EARLY_MESSAGE;
      case INBOX_EXPIRED, INBOX_EXPIRY_COMMITTED -> LOST_MESSAGE;
      case INBOX_FAILURE_WRITTEN, INBOX_FAILED, INBOX_STEERING, INBOX_STEERED -> REJECTED_MESSAGE;
      case OUTBOX_WRITTEN,
          OUTBOX_STARTED,
          OUTBOX_RECOVERED,
          OUTBOX_SENT,
          OUTBOX_FORGETTING,
          OUTBOX_FORGOTTEN ->
          SEND;
      case OUTBOX_INTRODUCING, OUTBOX_INTRODUCED -> SEND_ANEW;
      case OUTBOX_REFUSING, OUTBOX_REFUSED -> SEND_TOO_MUCH;
      case OUTBOX_FAILURE_WRITTEN, OUTBOX_FAILED -> SEND_NOWHERE;
      case HOOK_OPENING, HOOK_OPENED, HOOK_STORING, HOOK_STORED -> HOOK;
      case HISTORY_MOVING, HISTORY_MOVED -> HISTORY;
      case DEAD_LETTER_ENDING, DEAD_LETTER_ENDED -> REPLAY;
      case REPLAY_REQUESTING,
          REPLAY_REQUESTED,
          LETTER_GIVING,
          LETTER_GIVEN,
          LETTER_SENT_THROUGH,
          LETTER_MARKED ->
          RECOUNT;
      case RUNS_FORGOTTEN -> FORGET;
      case SWEEPING, SWEPT -> SWEEP;
    };
  }
}
