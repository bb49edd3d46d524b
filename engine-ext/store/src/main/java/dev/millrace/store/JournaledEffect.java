// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.Effect;
import dev.millrace.store.codec.Images;
import dev.millrace.store.codec.ImagesJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * An effect with its place in the journal.
 *
 * @param note why it was skipped, if it was
 */
public record JournaledEffect(
    long sequence,
    String runId,
    Effect effect,
    State state,
    Optional<String> note,
    Optional<Instant> undoneAt) {

  /** What became of an effect. */
  public enum State {
    /** It stands. */
    DONE,
    /** Taken back. */
    UNDONE,
    /** Its run was undone, but the row was left as it is. */
    SKIPPED
  }

  static final String SELECT =
      """
      SELECT SEQ, RUN_ID, CONNECTOR, CONNECTION_NAME, TARGET, IMAGES, STATE, NOTE, UNDONE_AT
      FROM MR_EFFECT
      """;

  static JournaledEffect read(ResultSet row) throws SQLException {
    Images images = ImagesJson.read(row.getString("IMAGES"));
    Effect effect =
        new Effect(
            row.getString("CONNECTOR"),
            row.getString("CONNECTION_NAME"),
            row.getString("TARGET"),
            images.key(),
            images.before(),
            images.after(),
            images.written(),
            images.added());
    return new JournaledEffect(
        row.getLong("SEQ"),
        row.getString("RUN_ID"),
        effect,
        State.valueOf(row.getString("STATE")),
        Optional.ofNullable(row.getString("NOTE")),
        Columns.instant(row, "UNDONE_AT"));
  }
}
