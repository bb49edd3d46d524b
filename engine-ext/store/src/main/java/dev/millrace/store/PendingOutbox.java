// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.outbox.Outbox;
import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.spi.outbox.OutboxTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The outbox of one transaction. Single-threaded. Records are written at {@link #flush}, the last
 * thing before the commit: from then on others who send to the same target wait.
 */
public final class PendingOutbox implements Outbox {
  private static final int BATCH_SIZE = 100;

  /** One of the two. */
  record Owner(String runId, String pipeline) {}

  private final Outboxes outboxes;
  private final Connection connection;
  private final Owner owner;
  private final long limit;

  /** Sorted, so that two transactions never take the locks of two targets in opposite order. */
  private final Map<String, List<OutboxRecord>> byTarget = new TreeMap<>();

  PendingOutbox(Outboxes outboxes, Connection connection, Owner owner, long limit) {
    this.outboxes = outboxes;
    this.connection = connection;
    this.owner = owner;
    this.limit = limit;
  }

  @Override
  public void append(OutboxTarget target, OutboxRecord record) {
    byTarget.computeIfAbsent(target.toString(), fresh -> new ArrayList<>()).add(record);
  }

  @Override
  public Optional<String> runId() {
    return Optional.ofNullable(owner.runId());
  }

  /**
   * Writes what was appended.
   *
   * @return whether that was anything
   * @throws dev.millrace.spi.error.MillraceException category RESOURCE, if too much waits already
   */
  public boolean flush() throws SQLException {
    boolean any = !byTarget.isEmpty();
    for (Map.Entry<String, List<OutboxRecord>> entry : byTarget.entrySet()) {
      write(entry.getKey(), entry.getValue());
    }
    byTarget.clear();
    return any;
  }

  private void write(String target, List<OutboxRecord> records) throws SQLException {
    long first = draw(target, records.size());
    String sql =
        """
        INSERT INTO MR_OUTBOX (TARGET, SEQ, RUN_ID, PIPELINE, TABLE_NAME, DESTINATION,
          RECORD_KEY, PAYLOAD, HEADERS)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < records.size(); i++) {
        OutboxRecord record = records.get(i);
        Columns.bind(
            insert,
            target,
            first + i,
            owner.runId(),
            owner.pipeline(),
            record.table(),
            record.destination(),
            record.key(),
            record.payload(),
            record.headers());
        insert.addBatch();
        if (i % BATCH_SIZE == BATCH_SIZE - 1) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** The first of so many numbers, in the order of commits. */
  private long draw(String target, int count) throws SQLException {
    if (advance(target, count) == 0) {
      outboxes.introduce(target);
      advance(target, count);
    }
    return Sql.first(
            connection,
            row -> {
              long last = row.getLong("LAST_SEQ");
              if (last - row.getLong("PUBLISHED_SEQ") > limit) {
                throw StoreErrors.outboxFull(target, limit);
              }
              return last - count + 1;
            },
            """
            SELECT C.LAST_SEQ, T.PUBLISHED_SEQ
            FROM MR_OUTBOX_COUNTER C JOIN MR_OUTBOX_TARGET T ON T.TARGET = C.TARGET
            WHERE C.TARGET = ?
            """,
            target)
        .orElseThrow();
  }

  private int advance(String target, int count) throws SQLException {
    return Sql.update(
        connection,
        "UPDATE MR_OUTBOX_COUNTER SET LAST_SEQ = LAST_SEQ + ? WHERE TARGET = ?",
        count,
        target);
  }
}
