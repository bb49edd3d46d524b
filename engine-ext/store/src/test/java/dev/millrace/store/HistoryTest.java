// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connector.jdbc.JdbcFactory;
import dev.millrace.connector.jdbc.JdbcUndoer;
import dev.millrace.spi.connector.Connections;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.EffectJournal;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.store.schema.SchemaUpdate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of runs, some of them undone, compared with a world in which the undone runs
 * never ran. Two tables: {@code PRICE}, whose rows belong to one instance each, so that an instance
 * undone newest first meets no conflict; {@code STOCK}, which all write additively.
 */
class HistoryTest {
  private static final int RUNS = 16;
  private static final int INSTANCES = 4;
  private static final int KEYS_PER_INSTANCE = 3;
  private static final int SKUS = 5;

  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(TestDatabase.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(TestDatabase.POSTGRESQL);
    }
  }

  /** What one run writes. */
  private record Script(int instance, List<Object[]> prices, List<Object[]> stock) {
    static Script random(Random random) {
      int instance = random.nextInt(INSTANCES);
      List<Object[]> prices = new ArrayList<>();
      List<Object[]> stock = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        int key = instance * KEYS_PER_INSTANCE + random.nextInt(KEYS_PER_INSTANCE);
        Integer value = random.nextInt(5) == 0 ? null : random.nextInt(100);
        ChangeKind kind = random.nextInt(4) == 0 ? ChangeKind.DELETE : ChangeKind.INSERT;
        prices.add(new Object[] {kind, key, value});
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        stock.add(new Object[] {ChangeKind.INSERT, random.nextInt(SKUS), random.nextInt(9) - 4});
      }
      return new Script(instance, prices, stock);
    }
  }

  abstract static class Cases {
    private static final RowType PRICE =
        RowType.of(new Column("id", DataType.INT), new Column("price", DataType.INT));
    private static final RowType STOCK =
        RowType.of(new Column("sku", DataType.INT), new Column("qty", DataType.INT));

    private final TestDatabase database;
    private DataSource dataSource;
    private Store store;
    private Services services;

    Cases(TestDatabase database) {
      this.database = database;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void undoneRunsLeaveTheWorldInWhichTheyNeverRan(long seed) throws Exception {
      Random random = new Random(seed);
      List<Script> scripts = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        scripts.add(Script.random(random));
      }
      Set<Integer> undone = new TreeSet<>();
      undone.add(random.nextInt(INSTANCES));
      undone.add(random.nextInt(INSTANCES));

      begin();
      runConcurrently(scripts);
      for (int instance : undone) {
        undoInstance("p" + instance);
      }
      List<String> stockAfterUndo = table("STOCK", "WHERE QTY <> 0");
      List<String> pricesAfterUndo = table("PRICE", "");

      begin();
      for (Script script : scripts) {
        if (!undone.contains(script.instance())) {
          run(script);
        }
      }
      assertThat(pricesAfterUndo).isEqualTo(table("PRICE", ""));
      assertThat(stockAfterUndo).isEqualTo(table("STOCK", "WHERE QTY <> 0"));
    }

    private void begin() throws SQLException {
      dataSource = database.create();
      store =
          Store.open(
              dataSource, StoreClock.database(), List.of(new JdbcUndoer()), TenantQuotas.none());
      store.schema().open(SchemaUpdate.UPDATE);
      services = Services.none().with(Connections.class, new EngineOnly(dataSource));
      try (Connection connection = dataSource.getConnection()) {
        Sql.update(connection, "CREATE TABLE PRICE (ID INT PRIMARY KEY, PRICE INT)");
        Sql.update(connection, "CREATE TABLE STOCK (SKU INT PRIMARY KEY, QTY INT NOT NULL)");
        Sql.update(connection, "INSERT INTO PRICE VALUES (0, 50), (4, 51), (8, NULL)");
        Sql.update(connection, "INSERT INTO STOCK VALUES (0, 100), (1, 100)");
      }
    }

    /** Instances run beside each other, the runs of an instance one after the other. */
    private void runConcurrently(List<Script> scripts) throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
      try {
        List<Future<?>> instances = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
          int instance = i;
          instances.add(
              threads.submit(
                  () -> {
                    for (Script script : scripts) {
                      if (script.instance() == instance) {
                        run(script);
                      }
                    }
                    return null;
                  }));
        }
        for (Future<?> instance : instances) {
          instance.get();
        }
      } finally {
        threads.shutdownNow();
      }
    }

    private void run(Script script) throws Exception {
      try (TransactionalSink price = sink(PRICE, "price", Map.of());
          TransactionalSink stock = sink(STOCK, "stock", Map.of("sink.additive-columns", "qty"))) {
        price.write(batch(PRICE, script.prices()));
        stock.write(batch(STOCK, script.stock()));
        try (Connection connection = dataSource.getConnection()) {
          connection.setAutoCommit(false);
          String id =
              store
                  .runs()
                  .insert(connection, StoreTest.newRun("p" + script.instance(), "act", "s"));
          connection.commit();
          Claim claim = claim(connection, id);
          assertThat(store.runs().lock(connection, claim)).isTrue();
          try (Journal journal = Journal.open(connection, id)) {
            price.apply(new Transaction(connection, journal));
            stock.apply(new Transaction(connection, journal));
          }
          store.runs().complete(connection, claim, StoreTest.METRICS);
          connection.commit();
        }
      }
    }

    /** Any thread may claim any run: this one must be claimed by somebody. */
    private Claim claim(Connection connection, String id) throws SQLException {
      store.runs().claim("node", RUNS, StoreTest.LEASE);
      Optional<Run> run = RunQuery.find(connection, id);
      while (run.orElseThrow().state() == RunState.QUEUED) {
        store.runs().claim("node", RUNS, StoreTest.LEASE);
        run = RunQuery.find(connection, id);
      }
      return run.orElseThrow().claim();
    }

    private void undoInstance(String instance) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        for (Run run : RunQuery.undoable(connection, instance)) {
          UndoReport report = store.undo().undo(connection, run.id(), ConflictPolicy.FAIL);
          assertThat(report.conflicts()).isEmpty();
        }
        connection.commit();
      }
    }

    private List<String> table(String name, String where) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        return Sql.list(
            connection,
            row -> row.getString(1) + "=" + row.getString(2),
            "SELECT * FROM " + name + " " + where + " ORDER BY 1");
      }
    }

    private TransactionalSink sink(RowType schema, String table, Map<String, String> options)
        throws Exception {
      Map<String, String> all = new TreeMap<>(options);
      all.put("connection", "engine");
      all.put("table-name", table);
      SinkContext context = new StagingContext(services);
      return (TransactionalSink)
          new JdbcFactory().sink(new KeyedTable(schema, all, services)).open(context);
    }

    private static RowBatch batch(RowType schema, List<Object[]> rows) {
      RowBatch batch = new RowBatch(schema);
      for (Object[] row : rows) {
        int position = batch.add((ChangeKind) row[0]);
        RowValues.set(batch, position, 0, row[1]);
        RowValues.set(batch, position, 1, row[2]);
      }
      return batch;
    }
  }

  private record Transaction(Connection connection, EffectJournal journal)
      implements SinkTransaction {}

  private record EngineOnly(DataSource dataSource) implements Connections {
    @Override
    public Optional<DataSource> find(String name) {
      return Optional.of(dataSource);
    }

    @Override
    public Set<String> names() {
      return Set.of(ENGINE);
    }
  }

  private record StagingContext(Services services) implements SinkContext {
    @Override
    public boolean transactional() {
      return true;
    }

    @Override
    public long maxStagedRows() {
      return 1_000;
    }

    @Override
    public void deadLetter(RowBatch batch, int row, Exception cause) {
      throw new AssertionError(batch.rowToString(row), cause);
    }
  }
}
