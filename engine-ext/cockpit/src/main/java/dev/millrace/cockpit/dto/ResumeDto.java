// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.spi.effect.ConflictPolicy;

/**
 * How a rollback that stands still shall go on.
 *
 * @param onConflict {@code fail} (default), {@code skip} or {@code force}
 */
public record ResumeDto(String onConflict) {
  public ConflictPolicy policy() {
    return RollbackRequestDto.policy(onConflict);
  }
}
