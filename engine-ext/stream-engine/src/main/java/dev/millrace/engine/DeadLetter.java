// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.plan.Plan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record or row that could not be processed, with its table's masked columns masked.
 *
 * @param side where it was found
 * @param table the table read or written; empty if it was in between or is unknown
 * @param bytes the record's own, to be read again; null if they are unknown, or masked
 * @param row its values by column, if it had become a row; else empty
 * @param record as text
 * @param position where it was found, for a person; empty if unknown
 * @param error what was wrong with it
 * @param masked whether something is left out
 */
public record DeadLetter(
    Side side,
    String table,
    byte[] bytes,
    Map<String, Object> row,
    String record,
    String position,
    String error,
    boolean masked) {
  /** Where a run stood. */
  public enum Side {
    /** At a record, or a row just read, of a table. */
    SOURCE,
    /** At a row in between. */
    STEP,
    /** At a row to be written to a table. */
    SINK
  }

  public DeadLetter {
    row = Collections.unmodifiableMap(new LinkedHashMap<>(row));
  }

  /** One of which no more is known than its text. */
  public DeadLetter(String record, String position, String error) {
    this(Side.STEP, "", null, Map.of(), record, position, error, false);
  }

  /** As much of it as its script lets be kept ({@code millrace.mask}). */
  public DeadLetter masked(Plan plan) {
    return Masks.parse(plan.settings().getOrDefault(RunOptions.MASK, "")).letter(this);
  }

  /** What may be kept of it where nobody knows what its script says. */
  public DeadLetter withheld() {
    return Masks.withheld(this);
  }

  /** Whether it can be processed again as it is. */
  public boolean isReplayable() {
    boolean whole = !masked && (bytes != null || !row.isEmpty());
    return whole && side != Side.STEP;
  }
}
