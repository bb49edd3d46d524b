// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.spi.effect.Effect;
import dev.millrace.store.JournaledEffect;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A change a run made, as journaled.
 *
 * @param before the row before; null if there was none
 * @param after the row after; null if it was deleted
 * @param note why it was skipped by an undo, if it was
 */
public record EffectDto(
    long sequence,
    String runId,
    String connector,
    String connection,
    String table,
    Map<String, Object> key,
    Map<String, Object> before,
    Map<String, Object> after,
    Set<String> written,
    Map<String, Object> added,
    String state,
    String note,
    Instant undoneAt) {

  public static EffectDto of(JournaledEffect journaled) {
    Effect effect = journaled.effect();
    return new EffectDto(
        journaled.sequence(),
        journaled.runId(),
        effect.connector(),
        effect.connection(),
        effect.target(),
        ShownRow.of(effect.key()),
        ShownRow.of(effect.before()),
        ShownRow.of(effect.after()),
        effect.written(),
        effect.added(),
        journaled.state().name(),
        journaled.note().orElse(null),
        journaled.undoneAt().orElse(null));
  }
}
