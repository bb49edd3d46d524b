// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.RunMetrics;
import dev.millrace.store.schema.SchemaUpdate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;

/** A store over an empty database, with time that stands still. */
abstract class StoreTest {
  static final Duration LEASE = Duration.ofSeconds(30);
  static final RunMetrics METRICS = new RunMetrics(5, 4, 3, 2, Long.MAX_VALUE, 1_000);

  final ManualClock clock = new ManualClock();
  private final TestDatabase database;
  DataSource dataSource;
  Store store;

  StoreTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void createStore() throws SQLException {
    dataSource = database.create();
    store = Store.open(dataSource, clock, List.of(new CounterUndoer()), quotas());
    store.schema().open(SchemaUpdate.CREATE);
  }

  /** What a tenant may store. */
  TenantQuotas quotas() {
    return TenantQuotas.none();
  }

  @FunctionalInterface
  interface Work<T> {
    T apply(Connection connection) throws SQLException;
  }

  /** Does the work in a transaction, as the engine would. */
  <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      T result = work.apply(connection);
      connection.commit();
      return result;
    }
  }

  boolean holds(Work<Boolean> work) throws SQLException {
    return inTransaction(work);
  }

  static NewRun newRun(String instance, String activity, String scope) {
    return new NewRun(
        activity + ".sql",
        "deployment",
        instance,
        instance,
        "definition",
        "execution-" + activity,
        activity,
        activity + "-instance",
        scope,
        null,
        "key",
        0);
  }

  String queue(NewRun run) throws SQLException {
    return inTransaction(connection -> store.runs().insert(connection, run));
  }

  /** Queues a run and executes it. */
  String completed(String instance, String activity, String scope) throws SQLException {
    String id = queue(newRun(instance, activity, scope));
    Run claimed = store.runs().claim("node", 1, LEASE).get(0);
    inTransaction(
        connection ->
            store.runs().lock(connection, claimed.claim())
                && store.runs().complete(connection, claimed.claim(), METRICS));
    return id;
  }

  RunState stateOf(String runId) throws SQLException {
    return store.runQuery().find(runId).orElseThrow().state();
  }
}
