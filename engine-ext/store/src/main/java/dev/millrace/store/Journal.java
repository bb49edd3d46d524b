// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectJournal;
import dev.millrace.store.codec.Images;
import dev.millrace.store.codec.ImagesJson;
import dev.millrace.store.schema.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The journal of one run, in the transaction of its effects. Single-threaded; {@link #close}d
 * before the commit, which writes what is still buffered.
 *
 * <p><b>What orders effects.</b> Each gets the next number of one database sequence at the moment
 * it is written, and a sink writes it while it holds the lock of the row it changed. So of two
 * effects on one row the older has the lower number: the second waited for the row until the first
 * had committed. Effects of concurrent transactions on different rows may interleave; then their
 * order does not matter. {@link Runs#complete} draws one more number when all rows are locked: by
 * two-phase locking, runs sorted by it are in an order equal to one in which they ran one after the
 * other.
 */
public final class Journal implements EffectJournal, AutoCloseable {
  private static final int BATCH_SIZE = 100;

  private final PreparedStatement insert;
  private final String runId;
  private final long maxEffects;
  private int buffered;
  private long count;

  private Journal(PreparedStatement insert, String runId, long maxEffects) {
    this.insert = insert;
    this.runId = runId;
    this.maxEffects = maxEffects;
  }

  /** As {@link #open(Connection, String, long)}, without a limit. */
  public static Journal open(Connection connection, String runId) throws SQLException {
    return open(connection, runId, Long.MAX_VALUE);
  }

  /**
   * Opens the journal of a run on the transaction of its effects.
   *
   * @param maxEffects one more is an error of category RESOURCE
   */
  public static Journal open(Connection connection, String runId, long maxEffects)
      throws SQLException {
    String sql =
        """
        INSERT INTO MR_EFFECT (SEQ, RUN_ID, CONNECTOR, CONNECTION_NAME, TARGET, IMAGES, STATE)
        VALUES (%s, ?, ?, ?, ?, ?, 'DONE')
        """
            .formatted(Database.of(connection).nextValue("MR_EFFECT_SEQ"));
    return new Journal(connection.prepareStatement(sql), runId, maxEffects);
  }

  @Override
  public void append(Effect effect) {
    if (count == maxEffects) {
      throw StoreErrors.journalFull(runId, maxEffects);
    }
    String images =
        ImagesJson.write(
            new Images(
                effect.key(), effect.before(), effect.after(), effect.written(), effect.added()));
    try {
      Columns.bind(insert, runId, effect.connector(), effect.connection(), effect.target(), images);
      insert.addBatch();
      count++;
      if (++buffered == BATCH_SIZE) {
        flush();
      }
    } catch (SQLException e) {
      throw StoreErrors.journalNotWritten(runId, e);
    }
  }

  private void flush() throws SQLException {
    insert.executeBatch();
    buffered = 0;
  }

  /** Effects appended so far. */
  public long count() {
    return count;
  }

  /** Writes what is buffered. */
  @Override
  public void close() throws SQLException {
    try (insert) {
      if (buffered > 0) {
        flush();
      }
    }
  }
}
