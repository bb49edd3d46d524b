// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcSinkTest {
  private static final RowType ITEMS =
      RowType.of(
          new Column("id", DataType.BIGINT),
          new Column("name", DataType.STRING),
          new Column("qty", DataType.INT));

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

  abstract static class Cases extends JdbcTest {
    private DeclaredTable items;
    private DeclaredTable additive;

    Cases(TestDatabase database) {
      super(database);
    }

    @BeforeEach
    void createTables() throws Exception {
      execute(
          """
          CREATE TABLE items (id INT PRIMARY KEY, name VARCHAR(5) NOT NULL,
            qty INT CHECK (qty < 100), label VARCHAR(10) UNIQUE)
          """);
      items = declare(ITEMS, List.of("id"), "table-name", "items");
      additive =
          declare(ITEMS, List.of("id"), "table-name", "items", "sink.additive-columns", "qty");
    }

    @Test
    void nothingIsVisibleBeforeTheTransactionCommits() throws Exception {
      try (TransactionalSink sink = staged(items)) {
        sink.write(batch(ITEMS, insert(1L, "a", 1)));
        sink.flush();
        sink.finish();
        assertThat(rows("items")).isEmpty();
        try (Connection connection = dataSource.getConnection()) {
          connection.setAutoCommit(false);
          sink.apply(new Transaction(connection, effect -> {}));
          connection.rollback();
        }
        assertThat(rows("items")).isEmpty();
        inTransaction(connection -> sink.apply(new Transaction(connection, effect -> {})));
        sink.committed();
      }
      assertThat(rows("items")).containsExactly("1|a|1|null");
    }

    @Test
    void committedRowsAreNotWrittenAgain() throws Exception {
      List<Effect> effects = new ArrayList<>();
      try (TransactionalSink sink = staged(additive)) {
        sink.write(batch(ITEMS, insert(1L, "a", 1)));
        inTransaction(connection -> sink.apply(new Transaction(connection, effects::add)));
        sink.committed();
        sink.write(batch(ITEMS, insert(1L, "a", 2)));
        inTransaction(connection -> sink.apply(new Transaction(connection, effects::add)));
        sink.committed();
        inTransaction(connection -> sink.apply(new Transaction(connection, effects::add)));
      }
      assertThat(rows("items")).containsExactly("1|a|3|null");
      assertThat(effects).hasSize(2);
    }

    @Test
    void effectsHoldImagesOfTheWholeRow() throws Exception {
      execute("INSERT INTO items VALUES (1, 'old', 1, 'x'), (3, 'gone', 3, 'y')");
      List<Effect> effects =
          run(items, delete(3L, "gone", 3), insert(2L, "b", null), after(1L, "new", 7));

      assertThat(effects).hasSize(3);
      Effect update = effects.get(0);
      assertThat(update.connector()).isEqualTo("jdbc");
      assertThat(update.connection()).isEqualTo("engine");
      assertThat(lower(update.key())).isEqualTo(Map.of("id", 1));
      assertThat(lower(update.before().orElseThrow()))
          .isEqualTo(Map.of("id", 1, "name", "old", "qty", 1, "label", "x"));
      assertThat(lower(update.after().orElseThrow()))
          .isEqualTo(Map.of("id", 1, "name", "new", "qty", 7, "label", "x"));
      assertThat(update.written()).hasSize(2);
      assertThat(effects.get(1).before()).isEmpty();
      assertThat(lower(effects.get(1).after().orElseThrow())).containsEntry("qty", null);
      assertThat(effects.get(2).after()).isEmpty();
      assertThat(rows("items")).containsExactly("1|new|7|x", "2|b|null|null");
    }

    @Test
    void changesAreReducedByKey() throws Exception {
      List<Effect> effects =
          run(
              items,
              insert(1L, "a", 1),
              before(1L, "a", 1),
              after(1L, "b", 2),
              insert(2L, "x", 1),
              delete(2L, "x", 1));
      assertThat(rows("items")).containsExactly("1|b|2|null");
      assertThat(effects).hasSize(1);
    }

    @Test
    void additiveColumnsAreSummedAndCorrected() throws Exception {
      execute("INSERT INTO items VALUES (1, 'a', 10, NULL), (9, 'n', NULL, NULL)");
      List<Effect> effects =
          run(
              additive,
              insert(1L, "a", -2),
              before(1L, "a", -2),
              after(1L, "a", -5),
              insert(2L, "b", 4),
              insert(2L, "b", 3),
              insert(9L, "n", 1),
              insert(3L, "c", 1),
              delete(3L, "c", 1));
      assertThat(rows("items")).containsExactly("1|a|5|null", "2|b|7|null", "9|n|1|null");
      assertThat(effects)
          .extracting(effect -> lower(effect.added()).get("qty"))
          .containsExactly(-5, 7, 1);
    }

    @Test
    void retractionAloneTouchesOnlyAdditiveColumns() throws Exception {
      execute("INSERT INTO items VALUES (1, 'kept', 10, NULL), (2, 'kept', 10, NULL)");
      List<Effect> effects =
          run(additive, delete(1L, "old", 4), before(2L, "old", 4), after(2L, "new", 5));
      assertThat(rows("items")).containsExactly("1|kept|6|null", "2|new|11|null");
      assertThat(effects.get(0).written()).hasSize(1);
      assertThat(effects.get(1).written()).hasSize(2);
    }

    @Test
    void manyRowsAreWrittenInChunks() throws Exception {
      execute("INSERT INTO items VALUES (7, 'old', 1, NULL), (205, 'old', 1, NULL)");
      Row[] rows =
          IntStream.range(0, 250).mapToObj(i -> insert((long) i, "n" + i, 5)).toArray(Row[]::new);
      List<Effect> effects = run(items, rows);
      assertThat(effects).hasSize(250);
      assertThat(effects.stream().filter(effect -> effect.before().isPresent())).hasSize(2);
      assertThat(rows("items")).hasSize(250).contains("205|n205|5|null");
    }

    @Test
    void compositeKeysAreFoundAgain() throws Exception {
      execute(
          "CREATE TABLE pairs (a VARCHAR(5), b DECIMAL(6, 2), v INT, PRIMARY KEY (a, b))",
          "INSERT INTO pairs VALUES ('x', 1.50, 1)");
      RowType schema =
          RowType.of(
              new Column("v", DataType.INT),
              new Column("b", DataType.decimal(10, 3)),
              new Column("a", DataType.STRING));
      DeclaredTable pairs = declare(schema, List.of("a", "b"), "table-name", "pairs");
      List<Effect> effects =
          run(pairs, insert(2, new BigDecimal("1.500"), "x"), insert(3, new BigDecimal("2"), "x"));
      assertThat(effects).hasSize(2);
      assertThat(effects.stream().filter(effect -> effect.before().isPresent())).hasSize(1);
      assertThat(rows("pairs")).containsExactlyInAnyOrder("x|1.50|2", "x|2.00|3");
    }

    @Test
    void concurrentInsertOfTheSameKeyBecomesAnUpdate() throws Exception {
      try (TransactionalSink sink = staged(additive);
          Connection other = dataSource.getConnection()) {
        sink.write(batch(ITEMS, insert(1L, "mine", 5)));
        other.setAutoCommit(false);
        other.createStatement().execute("INSERT INTO items VALUES (1, 'other', 10, NULL)");
        List<Effect> effects = new ArrayList<>();
        CompletableFuture<Void> writer =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    inTransaction(
                        connection -> sink.apply(new Transaction(connection, effects::add)));
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
        awaitBlockedWriter();
        other.commit();
        writer.join();
        assertThat(rows("items")).containsExactly("1|mine|15|null");
        assertThat(lower(effects.get(0).before().orElseThrow())).containsEntry("name", "other");
      }
    }

    /** Until the insert waits for the other transaction: it must not start after its commit. */
    private void awaitBlockedWriter() {
      String blocked =
          database == TestDatabase.H2
              ? "(SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL) b"
              : "(SELECT 1 FROM pg_locks WHERE NOT granted) b";
      Awaitility.await().until(() -> !rows(blocked).isEmpty());
    }

    @Test
    void writersOfTheSameRowsInOppositeOrderDoNotDeadlock() throws Exception {
      Row[] ascending =
          IntStream.range(0, 150).mapToObj(i -> insert((long) i, "n", 0)).toArray(Row[]::new);
      Row[] descending =
          IntStream.range(0, 150).mapToObj(i -> insert(149L - i, "n", 1)).toArray(Row[]::new);
      run(additive, ascending);
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Row[] rows = i % 2 == 0 ? ascending : descending;
        writers.add(
            CompletableFuture.runAsync(
                () -> {
                  try {
                    run(additive, rows);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
      }
      writers.forEach(CompletableFuture::join);
      assertThat(rows("items")).hasSize(150).allMatch(row -> row.contains("|n|2|"));
    }

    @Test
    void refusedRowIsShown() throws Exception {
      MillraceException check = failure(items, insert(1L, "a", 1), insert(2L, "b", 100));
      assertThat(check.category()).isEqualTo(ErrorCategory.DATA);
      assertThat(check).hasMessageContaining("=b").hasMessageContaining("=100");

      MillraceException notNull = failure(items, insert(1L, "a", 1), insert(2L, null, 1));
      assertThat(notNull.category()).isEqualTo(ErrorCategory.DATA);
      assertThat(notNull).hasMessageContaining("=2");

      MillraceException tooLong = failure(items, insert(3L, "too long", 1));
      assertThat(tooLong.category()).isEqualTo(ErrorCategory.DATA);
      assertThat(tooLong).hasMessageContaining("too long");
      assertThat(rows("items")).isEmpty();
    }

    @Test
    void anotherUniqueKeyIsNoReasonToUpdate() throws Exception {
      execute("INSERT INTO items VALUES (1, 'a', 1, 'x')");
      RowType schema =
          RowType.of(
              new Column("id", DataType.INT),
              new Column("name", DataType.STRING),
              new Column("label", DataType.STRING));
      MillraceException failure =
          failure(declare(schema, List.of("id"), "table-name", "items"), insert(2, "b", "x"));
      assertThat(failure.category()).isEqualTo(ErrorCategory.DATA);
      assertThat(rows("items")).containsExactly("1|a|1|x");
    }

    private MillraceException failure(DeclaredTable table, Row... rows) {
      return catchThrowableOfType(MillraceException.class, () -> run(table, rows));
    }

    @Test
    void valueThatDoesNotFitIsADeadLetter() throws Exception {
      run(items, insert(1L << 40, "big", 1), insert(1L, "ok", 1), insert(null, "no key", 1));
      assertThat(rows("items")).containsExactly("1|ok|1|null");
      assertThat(deadLetters).hasSize(2);
      assertThat(deadLetters.get(0)).contains("1099511627776").contains("cannot hold");
      assertThat(deadLetters.get(1)).contains("NULL");
    }

    @Test
    void tooManyStagedRowsAreAResourceError() {
      maxStagedRows = 2;
      MillraceException failure =
          failure(items, insert(1L, "a", 1), insert(2L, "b", 1), insert(3L, "c", 1));
      assertThat(failure.category()).isEqualTo(ErrorCategory.RESOURCE);
    }

    @Test
    void foreignConnectionWritesByItself() throws Exception {
      DeclaredTable table =
          declare(
              ITEMS,
              List.of("id"),
              "table-name",
              "items",
              "connection",
              "warehouse",
              "sink.buffer-flush.max-rows",
              "2");
      assertThat(new JdbcFactory().sink(table).effectClass()).isEqualTo(EffectClass.FINAL);
      try (RowSink sink = buffered(table)) {
        sink.write(batch(ITEMS, insert(1L, "a", 1)));
        assertThat(rows("items")).isEmpty();
        sink.write(batch(ITEMS, after(1L, "b", 2), insert(2L, "c", 3)));
        assertThat(rows("items")).containsExactly("1|b|2|null", "2|c|3|null");
        sink.write(batch(ITEMS, delete(1L, "b", 2)));
        sink.finish();
      }
      assertThat(rows("items")).containsExactly("2|c|3|null");
    }

    @Test
    void brokenConnectionIsReplaced() throws Exception {
      DeclaredTable table =
          declare(ITEMS, List.of("id"), "table-name", "items", "sink.buffer-flush.max-rows", "1");
      List<Connection> opened = new ArrayList<>();
      services = new BreakableConnections(dataSource, opened).in(services);
      table = new DeclaredTable("t", ITEMS, table.primaryKey(), table.options(), services);
      try (RowSink sink = buffered(table)) {
        sink.write(batch(ITEMS, insert(1L, "a", 1)));
        opened.get(opened.size() - 1).close();
        sink.write(batch(ITEMS, insert(2L, "b", 1)));
        sink.finish();
      }
      assertThat(rows("items")).hasSize(2);
    }

    @Test
    void changelogFollowsKeyAndAdditiveColumns() {
      JdbcFactory factory = new JdbcFactory();
      DeclaredTable append = declare(ITEMS, List.of(), "table-name", "items");
      assertThat(factory.sink(append).accepts()).isEqualTo(ChangelogMode.INSERT_ONLY);
      assertThat(factory.sink(items).accepts()).isEqualTo(ChangelogMode.UPSERT);
      assertThat(factory.sink(additive).accepts()).isEqualTo(ChangelogMode.ALL);
      assertThat(factory.sink(items).effectClass()).isEqualTo(EffectClass.REVERSIBLE);
    }

    @Test
    void wrongOptionsAreToldAtValidation() {
      assertThatThrownBy(() -> sink(List.of("id"), "connection", "other", "table-name", "items"))
          .hasMessageContaining("configured are engine, warehouse");
      assertThatThrownBy(
              () -> sink(List.of(), "table-name", "items", "sink.additive-columns", "qty"))
          .hasMessageContaining("PRIMARY KEY");
      assertThatThrownBy(
              () -> sink(List.of("id"), "table-name", "items", "sink.additive-columns", "name"))
          .hasMessageContaining("cannot be additive: it is of type STRING");
      assertThatThrownBy(
              () -> sink(List.of("id"), "table-name", "items", "sink.additive-columns", "qyt"))
          .hasMessageContaining("'qyt'")
          .hasMessageContaining("id, name, qty");
      assertThatThrownBy(() -> sink(List.of("id"), "table-name", "items", "sink.max-retries", "-1"))
          .hasMessageContaining("sink.max-retries");
    }

    private void sink(List<String> key, String... options) {
      new JdbcFactory().sink(declare(ITEMS, key, options));
    }

    @Test
    void wrongTablesAreToldAtOpen() {
      assertThatThrownBy(() -> run(declare(ITEMS, List.of("id"), "table-name", "itmes")))
          .hasMessageContaining("'itmes'")
          .hasMessageContainingAll("there are")
          .message()
          .containsIgnoringCase("items");
      RowType typo = RowType.of(new Column("id", DataType.INT), new Column("nam", DataType.STRING));
      assertThatThrownBy(() -> run(declare(typo, List.of("id"), "table-name", "items")))
          .message()
          .containsIgnoringCase("no column 'nam'; its columns are id, label, name, qty");
      RowType wrong = RowType.of(new Column("id", DataType.STRING));
      assertThatThrownBy(() -> run(declare(wrong, List.of("id"), "table-name", "items")))
          .hasMessageContaining("cannot be declared STRING");
      assertThatThrownBy(() -> run(declare(ITEMS, List.of("name"), "table-name", "items")))
          .hasMessageContaining("does not identify a row");
    }

    @Test
    void urlIsRefusedUnlessTheHostAllowsIt() throws Exception {
      String url = dataSource.getConnection().getMetaData().getURL();
      Map<String, String> options =
          Map.of("url", url, "username", "u", "password", "s3cret", "table-name", "items");
      DeclaredTable refused = DeclaredTable.of(ITEMS, List.of("id"), options, services);
      assertThatThrownBy(() -> new JdbcFactory().sink(refused))
          .hasMessageContaining("engine, warehouse")
          .message()
          .doesNotContain("s3cret");

      DeclaredTable allowed =
          DeclaredTable.of(
              ITEMS,
              List.of("id"),
              Map.of(
                  "url",
                  "jdbc:postgresql://127.0.0.1:1/none?password=s3cret",
                  "password",
                  "s3cret",
                  "table-name",
                  "items"),
              services.with(PlainAddresses.class, address -> true));
      assertThatThrownBy(() -> buffered(allowed))
          .hasMessageContaining("no connection to jdbc:postgresql://127.0.0.1:1/none")
          .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("s3cret"));
    }

    /** Names as declared: databases spell them their own way. */
    private static Map<String, Object> lower(Map<String, Object> row) {
      Map<String, Object> lower = new HashMap<>();
      row.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
      return lower;
    }
  }
}
