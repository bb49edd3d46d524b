// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.fault.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who works on which rows of a table, and until when. Thread-safe.
 *
 * <p>A node takes a row for the length of a lease and renews it while it works. Taking it draws the
 * next fencing epoch: who commits calls {@link #lock} first, in the same transaction, and goes on
 * only if it still holds the row; a node that was thought dead can therefore never commit beside
 * its successor. What is taken from a node that died is counted, so that work which kills its node
 * is found out.
 */
final class Leases {
  /**
   * A table with the columns STATE, EPOCH, OWNER, LEASE_UNTIL, DUE_AT and TAKEOVERS.
   *
   * @param key the column of {@link Claim#id}
   * @param held the state of a row somebody works on
   * @param free the state of a row given back
   * @param onTake what else is set then, such as {@code ", COLUMN = ?"}: to the time of taking
   */
  record Table(String name, String key, String held, String free, String onTake) {}

  /** Far beyond any lease and any delay before a retry. */
  private static final Duration FAR = Duration.ofMinutes(10);

  private final Transactions transactions;
  private final StoreClock clock;
  private final Table table;
  private final String take;
  private final String renew;
  private final String release;
  private final String lock;

  Leases(Transactions transactions, StoreClock clock, Table table) {
    this.transactions = transactions;
    this.clock = clock;
    this.table = table;
    take =
        """
        UPDATE %s
        SET STATE = '%s', EPOCH = EPOCH + 1, DUE_AT = NULL,
            TAKEOVERS = TAKEOVERS + CASE WHEN OWNER <> ? THEN 1 ELSE 0 END,
            OWNER = ?, LEASE_UNTIL = ?%s
        WHERE %s = ?
        """
            .formatted(table.name(), table.held(), table.onTake(), table.key());
    renew =
        "UPDATE %s SET LEASE_UNTIL = ? WHERE %s = ? AND EPOCH = ? AND OWNER = ? AND STATE = '%s'"
            .formatted(table.name(), table.key(), table.held());
    release =
        """
        UPDATE %s SET STATE = '%s', OWNER = NULL, LEASE_UNTIL = NULL, TAKEOVERS = TAKEOVERS + ?
        WHERE OWNER = ? AND STATE = '%s'
        """
            .formatted(table.name(), table.free(), table.held());
    lock =
        "SELECT EPOCH, STATE%s FROM %s WHERE %s = ? FOR UPDATE"
            .formatted(
                transactions.database().boundStandstill(Transactions.STANDSTILL),
                table.name(),
                table.key());
  }

  /**
   * Leases and due dates behind this were made by a clock that has been set back since: they do not
   * count, lest work stands still until that clock has caught up.
   */
  static Instant horizon(Instant now) {
    return now.plus(FAR);
  }

  /** Takes rows that the transaction has locked and found free, or left by a dead node. */
  void take(Connection connection, List<String> ids, String owner, Instant now, Duration lease)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(take)) {
      for (String id : ids) {
        List<Object> parameters = new ArrayList<>(List.of(owner, owner, now.plus(lease)));
        if (table.onTake().contains("?")) {
          parameters.add(now);
        }
        parameters.add(id);
        Columns.bind(update, parameters.toArray());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** Prolongs leases; returns the claims that still hold. */
  Set<Claim> renew(String owner, Collection<Claim> held, Duration lease) throws SQLException {
    return transactions.commit(
        Write.LEASE_RENEWAL,
        connection -> {
          Instant until = clock.now(connection).plus(lease);
          Set<Claim> kept = new HashSet<>();
          for (Claim claim : held) {
            if (Sql.update(connection, renew, until, claim.id(), claim.epoch(), owner) == 1) {
              kept.add(claim);
            }
          }
          return kept;
        });
  }

  /** Gives back all a node holds, when it stops. Returns how many. */
  int release(String owner) throws SQLException {
    return giveBack(owner, 0);
  }

  /** Gives back all a node held when it died: counted as a takeover. Returns how many. */
  int releaseDead(String owner) throws SQLException {
    return giveBack(owner, 1);
  }

  private int giveBack(String owner, int takeovers) throws SQLException {
    return transactions.commit(
        Write.LEASE_RELEASE, connection -> Sql.update(connection, release, takeovers, owner));
  }

  /** Locks the row until the transaction ends; whether this claim still holds. */
  boolean lock(Connection connection, Claim claim) throws SQLException {
    return Sql.first(
            connection,
            row ->
                row.getLong("EPOCH") == claim.epoch()
                    && table.held().equals(row.getString("STATE")),
            lock,
            claim.id())
        .orElse(false);
  }
}
