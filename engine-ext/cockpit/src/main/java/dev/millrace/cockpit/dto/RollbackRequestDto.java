// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.camunda.rollback.RollbackScope;
import dev.millrace.cockpit.access.CockpitErrors;
import dev.millrace.spi.effect.ConflictPolicy;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What shall be rolled back, or previewed.
 *
 * @param runId one run; or
 * @param processInstanceId all runs of an instance
 * @param calledInstances also of those it called
 * @param onConflict {@code fail} (default), {@code skip} or {@code force}
 * @param cancelStarted also cancel process instances the runs have started
 */
public record RollbackRequestDto(
    String runId,
    String processInstanceId,
    boolean calledInstances,
    String onConflict,
    boolean cancelStarted) {

  public RollbackScope scope() {
    if ((runId == null) == (processInstanceId == null)) {
      throw CockpitErrors.badRequest("give either 'runId' or 'processInstanceId'");
    }
    if (runId != null) {
      if (calledInstances) {
        throw CockpitErrors.badRequest("'calledInstances' goes with 'processInstanceId'");
      }
      return RollbackScope.run(runId);
    }
    return calledInstances
        ? RollbackScope.withCalled(processInstanceId)
        : RollbackScope.instance(processInstanceId);
  }

  public ConflictPolicy policy() {
    return policy(onConflict);
  }

  static ConflictPolicy policy(String text) {
    if (text == null) {
      return ConflictPolicy.FAIL;
    }
    return Arrays.stream(ConflictPolicy.values())
        .filter(policy -> policy.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                CockpitErrors.badRequest(
                    "'onConflict' is '%s'; allowed are %s"
                        .formatted(
                            text,
                            Arrays.stream(ConflictPolicy.values())
                                .map(policy -> policy.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }
}
