// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks, when more was stored for a tenant and before it is committed, whether it may have so much.
 * Thread-safe.
 *
 * <p>What is there is counted anew when it would be too much, and every few seconds: so long it may
 * take to notice what other nodes have added. Without a quota nothing is counted. Work of no tenant
 * has none.
 */
public final class TenantUsage {
  private static final long COUNT_HOLDS_NS = TimeUnit.SECONDS.toNanos(5);

  /** What is counted, and how. */
  private enum Kind {
    INBOX(
        "messages in the inbox",
        "millrace.max-inbox-per-tenant",
        """
        SELECT COUNT(*) FROM MR_INBOX
        WHERE TENANT_ID = ? AND STATE IN ('BUFFERED', 'AMBIGUOUS', 'REJECTED')
        """),
    DEAD_LETTERS(
        "open dead letters",
        "millrace.max-dead-letters-per-tenant",
        """
        SELECT COUNT(*) FROM MR_DEAD_LETTER L
        LEFT JOIN MR_RUN R ON R.ID = L.RUN_ID LEFT JOIN MR_PIPELINE P ON P.NAME = L.PIPELINE
        WHERE COALESCE(R.TENANT_ID, P.TENANT_ID) = ? AND L.STATE = 'OPEN'
        """),
    JOURNAL(
        "changes of rows in its journals",
        "millrace.max-journal-effects-per-tenant",
        """
        SELECT COUNT(*) FROM MR_EFFECT E JOIN MR_RUN R ON R.ID = E.RUN_ID WHERE R.TENANT_ID = ?
        """),
    STATE(
        "bytes in snapshots of its pipelines",
        "millrace.max-state-bytes-per-tenant",
        """
        SELECT COALESCE(SUM(OCTET_LENGTH(S.BYTES)), 0) FROM MR_SNAPSHOT S
        JOIN MR_PIPELINE P ON P.NAME = S.PIPELINE WHERE P.TENANT_ID = ?
        """);

    private final String noun;
    private final String property;
    private final String count;

    Kind(String noun, String property, String count) {
      this.noun = noun;
      this.property = property;
      this.count = count;
    }
  }

  private record Key(Kind kind, String tenant) {}

  /** What was there, and what this node has added since; some of it may have been rolled back. */
  private record Counted(long amount, long atNs) {
    boolean holds() {
      return System.nanoTime() - atNs < COUNT_HOLDS_NS;
    }

    Counted plus(long more) {
      return new Counted(amount + more, atNs);
    }
  }

  private final Map<Kind, Long> quotas = new EnumMap<>(Kind.class);
  private final Map<Key, Counted> counted = new ConcurrentHashMap<>();

  TenantUsage(TenantQuotas quotas) {
    this.quotas.put(Kind.INBOX, quotas.inboxMessages());
    this.quotas.put(Kind.DEAD_LETTERS, quotas.deadLetters());
    this.quotas.put(Kind.JOURNAL, quotas.journalEffects());
    this.quotas.put(Kind.STATE, quotas.stateBytes());
  }

  /**
   * After a run has written its journal, in that transaction.
   *
   * @param tenant null if it is of none
   * @param added just now; so the others
   * @throws dev.millrace.spi.error.MillraceException category RESOURCE, if it is too much; so the
   *     others
   */
  public void checkJournal(Connection connection, String tenant, long added) throws SQLException {
    if (tenant != null && added > 0 && isLimited(Kind.JOURNAL)) {
      check(connection, Kind.JOURNAL, tenant, added);
    }
  }

  void checkInbox(Connection connection, Optional<String> tenant, long added) throws SQLException {
    if (tenant.isPresent() && isLimited(Kind.INBOX)) {
      check(connection, Kind.INBOX, tenant.get(), added);
    }
  }

  void checkDeadLetters(Connection connection, String runId, String pipeline, long added)
      throws SQLException {
    if (isLimited(Kind.DEAD_LETTERS)) {
      Optional<String> tenant =
          pipeline == null
              ? tenant(connection, "SELECT TENANT_ID FROM MR_RUN WHERE ID = ?", runId)
              : ofPipeline(connection, pipeline);
      if (tenant.isPresent()) {
        check(connection, Kind.DEAD_LETTERS, tenant.get(), added);
      }
    }
  }

  /** After a snapshot was stored and older ones removed. There are few: they are always counted. */
  void checkState(Connection connection, String pipeline) throws SQLException {
    if (isLimited(Kind.STATE)) {
      Optional<String> tenant = ofPipeline(connection, pipeline);
      if (tenant.isPresent()) {
        check(connection, Kind.STATE, tenant.get(), quotas.get(Kind.STATE) + 1);
      }
    }
  }

  private boolean isLimited(Kind kind) {
    return quotas.get(kind) != TenantQuotas.UNLIMITED;
  }

  private static Optional<String> ofPipeline(Connection connection, String name)
      throws SQLException {
    return tenant(connection, "SELECT TENANT_ID FROM MR_PIPELINE WHERE NAME = ?", name);
  }

  private static Optional<String> tenant(Connection connection, String sql, String owner)
      throws SQLException {
    return Sql.first(connection, row -> Optional.ofNullable(row.getString(1)), sql, owner)
        .flatMap(found -> found);
  }

  private void check(Connection connection, Kind kind, String tenant, long added)
      throws SQLException {
    long quota = quotas.get(kind);
    Key key = new Key(kind, tenant);
    Counted known = counted.get(key);
    if (known != null && known.holds() && known.amount() <= quota - added) {
      counted.put(key, known.plus(added));
      return;
    }
    Counted now = new Counted(count(connection, kind, tenant), System.nanoTime());
    counted.put(key, now);
    if (now.amount() > quota) {
      throw StoreErrors.quota(tenant, now.amount(), kind.noun, quota, kind.property);
    }
  }

  private static long count(Connection connection, Kind kind, String tenant) throws SQLException {
    return Sql.first(connection, row -> row.getLong(1), kind.count, tenant).orElseThrow();
  }
}
