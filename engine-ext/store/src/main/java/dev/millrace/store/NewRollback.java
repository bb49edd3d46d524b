// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.ConflictPolicy;

/**
 * A compensation handler that waits for its undo.
 *
 * @param executionId that waits, to be signalled
 * @param activityId of the handler
 * @param activityInstanceId of the handler
 * @param compensatedActivityId of the activity whose run is to be undone
 * @param scopeId in which that run was queued, see {@link NewRun#scopeId()}
 * @param onFinal what becomes of effects nobody can take back
 */
public record NewRollback(
    String processInstanceId,
    String executionId,
    String activityId,
    String activityInstanceId,
    String compensatedActivityId,
    String scopeId,
    ConflictPolicy onConflict,
    OnFinal onFinal) {}
