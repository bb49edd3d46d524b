// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.fault.Write;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Rollbacks that operators asked for, see {@link RollbackOrder.State}. Leased and fenced as {@link
 * Runs}: an order is carried out in one transaction, by one node, once. Thread-safe.
 */
public final class RollbackOrders {
  private static final Leases.Table TABLE =
      new Leases.Table("MR_ROLLBACK_ORDER", "ID", "QUEUED", "QUEUED", "");

  private static final String SELECT =
      """
      SELECT ID, RUN_ID, PROC_INST_ID, WITH_CALLED, ON_CONFLICT, CANCEL_STARTED, STATE, EPOCH,
             OWNER, DUE_AT, ATTEMPTS, TAKEOVERS, ERROR_TEXT, RUNS_UNDONE, EFFECTS_UNDONE, EFFECTS_SKIPPED,
             INSTANCES_CANCELLED, REQUESTED_BY, TENANT_ID, CREATED_AT, ENDED_AT
      FROM MR_ROLLBACK_ORDER
      """;

  private final Transactions transactions;
  private final StoreClock clock;
  private final Leases leases;

  RollbackOrders(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
    leases = new Leases(transactions, clock, TABLE);
  }

  /**
   * Queues an order; nodes see it once the transaction commits.
   *
   * @return its id
   */
  public String insert(Connection connection, RollbackOrder.Wanted wanted) throws SQLException {
    String id = UUID.randomUUID().toString();
    Sql.update(
        connection,
        """
        INSERT INTO MR_ROLLBACK_ORDER (ID, RUN_ID, PROC_INST_ID, WITH_CALLED, ON_CONFLICT,
          CANCEL_STARTED, STATE, EPOCH, ATTEMPTS, RUNS_UNDONE, EFFECTS_UNDONE, EFFECTS_SKIPPED,
          INSTANCES_CANCELLED, REQUESTED_BY, TENANT_ID, CREATED_AT)
        VALUES (?, ?, ?, ?, ?, ?, 'QUEUED', 0, 0, 0, 0, 0, 0, ?, ?, ?)
        """,
        id,
        wanted.runId().orElse(null),
        wanted.processInstanceId(),
        wanted.withCalled(),
        wanted.onConflict().name(),
        wanted.cancelStarted(),
        wanted.requestedBy(),
        wanted.tenantId(),
        clock.now(connection));
    return id;
  }

  /** Takes orders that no living node works on, oldest first. */
  public List<RollbackOrder> claim(String owner, int max, Duration lease) throws SQLException {
    if (max <= 0) {
      return List.of();
    }
    return transactions.commit(
        Write.LEASE_CLAIM,
        connection -> {
          Instant now = clock.now(connection);
          List<String> free = claimable(connection, max, now);
          leases.take(connection, free, owner, now, lease);
          List<RollbackOrder> claimed = new ArrayList<>(free.size());
          for (String found : free) {
            claimed.add(find(connection, found).orElseThrow());
          }
          return claimed;
        });
  }

  private static List<String> claimable(Connection connection, int max, Instant now)
      throws SQLException {
    return Sql.list(
        connection,
        row -> row.getString("ID"),
        """
        SELECT ID FROM MR_ROLLBACK_ORDER
        WHERE STATE = 'QUEUED' AND (LEASE_UNTIL IS NULL OR LEASE_UNTIL NOT BETWEEN ? AND ?)
          AND (DUE_AT IS NULL OR DUE_AT <= ? OR DUE_AT > ?)
        ORDER BY CREATED_AT, ID
        LIMIT ?
        FOR UPDATE SKIP LOCKED
        """,
        now,
        Leases.horizon(now),
        now,
        Leases.horizon(now),
        max);
  }

  /** Prolongs leases; returns the claims that still hold. */
  public Set<Claim> renew(String owner, Collection<Claim> held, Duration lease)
      throws SQLException {
    return leases.renew(owner, held, lease);
  }

  /** Gives all of a node's orders back, when it stops. Returns how many. */
  public int release(String owner) throws SQLException {
    return leases.release(owner);
  }

  /** As {@link #release}, of a node that died with them: each counts as taken over. */
  public int releaseDead(String owner) throws SQLException {
    return leases.releaseDead(owner);
  }

  /** Locks the order's row; whether this claim still holds and it shall be carried out. */
  public boolean lock(Connection connection, Claim claim) throws SQLException {
    return leases.lock(connection, claim);
  }

  /** Ends an order in the transaction of its undo, after {@link #lock}. */
  public void done(Connection connection, Claim claim, RollbackOrder.Done done)
      throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE MR_ROLLBACK_ORDER
        SET STATE = 'DONE', OWNER = NULL, LEASE_UNTIL = NULL, ERROR_TEXT = NULL, ENDED_AT = ?,
            RUNS_UNDONE = ?, EFFECTS_UNDONE = ?, EFFECTS_SKIPPED = ?, INSTANCES_CANCELLED = ?
        WHERE ID = ? AND EPOCH = ?
        """,
        clock.now(connection),
        done.runs(),
        done.effects(),
        done.skipped(),
        done.cancelled(),
        claim.id(),
        claim.epoch());
  }

  /**
   * Stops an order without change.
   *
   * @param error for a person: the conflicts, or what failed
   * @return false if the claim no longer holds
   */
  public boolean stop(Connection connection, Claim claim, RollbackOrder.State state, String error)
      throws SQLException {
    return end(connection, claim, state, error, null);
  }

  /** Tries an order again later; false if the claim no longer holds. */
  public boolean retry(Claim claim, String error, Duration delay) throws SQLException {
    return transactions.commit(
        Write.ORDER_FAILURE,
        connection ->
            end(
                connection,
                claim,
                RollbackOrder.State.QUEUED,
                error,
                clock.now(connection).plus(delay)));
  }

  private static boolean end(
      Connection connection, Claim claim, RollbackOrder.State state, String error, Instant dueAt)
      throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_ROLLBACK_ORDER
            SET STATE = ?, DUE_AT = ?, OWNER = NULL, LEASE_UNTIL = NULL,
                ATTEMPTS = ATTEMPTS + 1, ERROR_TEXT = ?
            WHERE ID = ? AND EPOCH = ? AND STATE = 'QUEUED'
            """,
            state.name(),
            dueAt,
            error,
            claim.id(),
            claim.epoch())
        == 1;
  }

  /**
   * Queues an order again that met conflicts or failed.
   *
   * @param onConflict from now on
   * @return false if it does not stand still
   */
  public boolean resume(Connection connection, String id, ConflictPolicy onConflict)
      throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_ROLLBACK_ORDER
            SET STATE = 'QUEUED', ON_CONFLICT = ?, ATTEMPTS = 0, TAKEOVERS = 0, DUE_AT = NULL
            WHERE ID = ? AND STATE IN ('CONFLICT', 'FAILED')
            """,
            onConflict.name(),
            id)
        == 1;
  }

  /** Gives an order up; false if it has ended. Waits for a node that is just carrying it out. */
  public boolean cancel(Connection connection, String id) throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_ROLLBACK_ORDER
            SET STATE = 'CANCELLED', OWNER = NULL, LEASE_UNTIL = NULL, EPOCH = EPOCH + 1,
                ENDED_AT = ?
            WHERE ID = ? AND STATE IN ('QUEUED', 'CONFLICT', 'FAILED')
            """,
            clock.now(connection),
            id)
        == 1;
  }

  public Optional<RollbackOrder> find(String id) throws SQLException {
    return transactions.read(connection -> find(connection, id));
  }

  public static Optional<RollbackOrder> find(Connection connection, String id) throws SQLException {
    return Sql.first(connection, RollbackOrders::read, SELECT + "WHERE ID = ?", id);
  }

  /** How many wait for an operator. */
  public long countStopped() throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(
                    connection,
                    row -> row.getLong(1),
                    """
                    SELECT COUNT(*) FROM MR_ROLLBACK_ORDER WHERE STATE IN ('CONFLICT', 'FAILED')
                    """)
                .orElseThrow());
  }

  /** The newest orders. */
  public List<RollbackOrder> list(int first, int max) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                RollbackOrders::read,
                SELECT + "ORDER BY CREATED_AT DESC, ID LIMIT ? OFFSET ?",
                max,
                first));
  }

  /** All orders for a process instance, newest first. */
  public List<RollbackOrder> ofProcessInstance(String processInstanceId) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                RollbackOrders::read,
                SELECT + "WHERE PROC_INST_ID = ? ORDER BY CREATED_AT DESC, ID",
                processInstanceId));
  }

  private static RollbackOrder read(ResultSet row) throws SQLException {
    return new RollbackOrder(
        row.getString("ID"),
        new RollbackOrder.Wanted(
            Optional.ofNullable(row.getString("RUN_ID")),
            row.getString("PROC_INST_ID"),
            row.getBoolean("WITH_CALLED"),
            ConflictPolicy.valueOf(row.getString("ON_CONFLICT")),
            row.getBoolean("CANCEL_STARTED"),
            row.getString("REQUESTED_BY"),
            row.getString("TENANT_ID")),
        RollbackOrder.State.valueOf(row.getString("STATE")),
        row.getLong("EPOCH"),
        Optional.ofNullable(row.getString("OWNER")),
        Columns.instant(row, "DUE_AT"),
        row.getInt("ATTEMPTS"),
        row.getInt("TAKEOVERS"),
        Optional.ofNullable(row.getString("ERROR_TEXT")),
        new RollbackOrder.Done(
            row.getLong("RUNS_UNDONE"),
            row.getLong("EFFECTS_UNDONE"),
            row.getLong("EFFECTS_SKIPPED"),
            row.getLong("INSTANCES_CANCELLED")),
        Columns.instant(row, "CREATED_AT").orElseThrow(),
        Columns.instant(row, "ENDED_AT"));
  }
}
