// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.Connections;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectJournal;
import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.RowType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;

/** A database as the engine's, and what the engine would do with tables of it. */
abstract class JdbcTest {
  final TestDatabase database;
  final List<String> deadLetters = new ArrayList<>();
  DataSource dataSource;
  Services services;
  long maxStagedRows = 1_000;

  JdbcTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void createDatabase() throws SQLException {
    dataSource = database.create();
    services =
        Services.none()
            .with(
                Connections.class,
                new Connections() {
                  @Override
                  public Optional<DataSource> find(String name) {
                    return names().contains(name) ? Optional.of(dataSource) : Optional.empty();
                  }

                  @Override
                  public Set<String> names() {
                    return new TreeSet<>(List.of("engine", "warehouse"));
                  }
                });
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Rows as {@code 1|apple|null}, ordered by the first column. */
  List<String> rows(String table) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1")) {
      List<String> found = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join("|", cells));
      }
      return found;
    }
  }

  DeclaredTable declare(RowType schema, List<String> key, String... options) {
    Map<String, String> all = new HashMap<>(Map.of("connection", "engine"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return DeclaredTable.of(schema, key, all, services);
  }

  SourceContext sourceContext() {
    return new SourceContext() {
      @Override
      public Services services() {
        return services;
      }

      @Override
      public void deadLetter(String record, String position, Exception cause) {
        deadLetters.add(record + " @ " + position + ": " + cause.getMessage());
      }
    };
  }

  private SinkContext sinkContext(boolean transactional) {
    return new SinkContext() {
      @Override
      public Services services() {
        return services;
      }

      @Override
      public boolean transactional() {
        return transactional;
      }

      @Override
      public long maxStagedRows() {
        return maxStagedRows;
      }

      @Override
      public void deadLetter(RowBatch batch, int row, Exception cause) {
        deadLetters.add(batch.rowToString(row) + ": " + cause.getMessage());
      }
    };
  }

  /** All rows a source reads, as Flink prints them. */
  List<String> scan(DeclaredTable table, int batchCapacity) throws Exception {
    return scan(new JdbcFactory().source(table), new RowBatch(table.schema(), batchCapacity));
  }

  List<String> scan(TableSource table, RowBatch batch) throws Exception {
    List<String> found = new ArrayList<>();
    try (RowSource source = table.open(sourceContext())) {
      RowSource.Status status;
      do {
        batch.clear();
        status = source.poll(batch);
        for (int row = 0; row < batch.size(); row++) {
          found.add(batch.rowToString(row));
        }
      } while (status != RowSource.Status.END);
    }
    return found;
  }

  record Row(ChangeKind kind, Object... values) {}

  static Row insert(Object... values) {
    return new Row(ChangeKind.INSERT, values);
  }

  static Row before(Object... values) {
    return new Row(ChangeKind.UPDATE_BEFORE, values);
  }

  static Row after(Object... values) {
    return new Row(ChangeKind.UPDATE_AFTER, values);
  }

  static Row delete(Object... values) {
    return new Row(ChangeKind.DELETE, values);
  }

  static RowBatch batch(RowType schema, Row... rows) {
    RowBatch batch = new RowBatch(schema, Math.max(1, rows.length));
    for (Row row : rows) {
      int position = batch.add(row.kind());
      for (int i = 0; i < row.values().length; i++) {
        RowValues.set(batch, position, i, row.values()[i]);
      }
    }
    return batch;
  }

  TransactionalSink staged(DeclaredTable table) throws Exception {
    TableSink sink = new JdbcFactory().sink(table);
    return (TransactionalSink) sink.open(sinkContext(true));
  }

  RowSink buffered(DeclaredTable table) throws Exception {
    return new JdbcFactory().sink(table).open(sinkContext(false));
  }

  @FunctionalInterface
  interface Work {
    void apply(Connection connection) throws Exception;
  }

  void inTransaction(Work work) throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      work.apply(connection);
      connection.commit();
    }
  }

  record Transaction(Connection connection, EffectJournal journal) implements SinkTransaction {}

  /** One run that writes these rows and commits; its effects in order. */
  List<Effect> run(DeclaredTable table, Row... rows) throws Exception {
    List<Effect> effects = new ArrayList<>();
    try (TransactionalSink sink = staged(table)) {
      sink.write(batch(table.schema(), rows));
      sink.finish();
      inTransaction(connection -> sink.apply(new Transaction(connection, effects::add)));
      sink.committed();
    }
    return effects;
  }

  /** Undoes effects, newest first, in one transaction. */
  List<UndoOutcome> undo(List<Effect> effects, ConflictPolicy policy) throws Exception {
    List<UndoOutcome> outcomes = new ArrayList<>();
    JdbcUndoer undoer = new JdbcUndoer();
    inTransaction(
        connection -> {
          for (int i = effects.size() - 1; i >= 0; i--) {
            outcomes.add(undoer.undo(effects.get(i), policy, connection));
          }
        });
    return outcomes;
  }
}
