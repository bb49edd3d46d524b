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
 * Asks, before more is stored for a tenant, whether it may have more. Thread-safe.
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
   * Before a run writes its journal.
   *
   * @param tenant null if it is of none
   * @throws dev.millrace.spi.error.MillraceException category RESOURCE, if the tenant has no room;
   *     so the others
   */
  public void checkJournal(Connection connection, String tenant) throws SQLException {
    if (tenant != null && isLimited(Kind.JOURNAL)) {
      check(connection, Kind.JOURNAL, tenant, 1);
    }
  }

  void checkInbox(Connection connection, Optional<String> tenant, long more) throws SQLException {
    if (tenant.isPresent() && isLimited(Kind.INBOX)) {
      check(connection, Kind.INBOX, tenant.get(), more);
    }
  }

  void checkDeadLetters(Connection connection, String runId, String pipeline, long more)
      throws SQLException {
    if (isLimited(Kind.DEAD_LETTERS)) {
      Optional<String> tenant =
          pipeline == null
              ? tenant(connection, "SELECT TENANT_ID FROM MR_RUN WHERE ID = ?", runId)
              : ofPipeline(connection, pipeline);
      if (tenant.isPresent()) {
        check(connection, Kind.DEAD_LETTERS, tenant.get(), more);
      }
    }
  }

  void checkState(Connection connection, String pipeline, long more) throws SQLException {
    if (isLimited(Kind.STATE)) {
      Optional<String> tenant = ofPipeline(connection, pipeline);
      if (tenant.isPresent()) {
        check(connection, Kind.STATE, tenant.get(), more);
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

  private void check(Connection connection, Kind kind, String tenant, long more)
      throws SQLException {
    long quota = quotas.get(kind);
    Key key = new Key(kind, tenant);
    Counted known = counted.get(key);
    if (known == null || !known.holds() || known.amount() + more > quota) {
      known = new Counted(count(connection, kind, tenant), System.nanoTime());
    }
    if (known.amount() + more > quota) {
      counted.put(key, known);
      throw StoreErrors.quota(tenant, known.amount(), kind.noun, quota, kind.property);
    }
    counted.put(key, known.plus(more));
  }

  private static long count(Connection connection, Kind kind, String tenant) throws SQLException {
    return Sql.first(connection, row -> row.getLong(1), kind.count, tenant).orElseThrow();
  }
}
