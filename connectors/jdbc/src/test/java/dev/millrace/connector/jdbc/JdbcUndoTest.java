// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcUndoTest {
  private static final Class<UndoOutcome.Undone> UNDONE = UndoOutcome.Undone.class;
  private static final RowType PRICES =
      RowType.of(
          new Column("id", DataType.INT),
          new Column("name", DataType.STRING),
          new Column("price", DataType.decimal(10, 2)));
  private static final RowType STOCK =
      RowType.of(new Column("sku", DataType.STRING), new Column("qty", DataType.INT));

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
    private DeclaredTable prices;
    private DeclaredTable stock;

    Cases(TestDatabase database) {
      super(database);
    }

    @BeforeEach
    void createTables() throws Exception {
      execute(
          """
          CREATE TABLE prices (id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(10, 2),
            note VARCHAR(20) DEFAULT 'new')
          """,
          """
          CREATE TABLE stock (sku VARCHAR(20) PRIMARY KEY, qty INT CHECK (qty >= 0),
            shelf VARCHAR(10))
          """);
      prices = declare(PRICES, List.of("id"), "table-name", "prices");
      stock = declare(STOCK, List.of("sku"), "table-name", "stock", "sink.additive-columns", "qty");
    }

    @Test
    void insertIsUndoneByDelete() throws Exception {
      List<Effect> effects = run(prices, insert(1, "a", dec("1.50")));
      assertThat(rows("prices")).containsExactly("1|a|1.50|new");
      assertThat(undo(effects, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("prices")).isEmpty();
    }

    @Test
    void updateIsUndoneInTheColumnsWritten() throws Exception {
      execute("INSERT INTO prices VALUES (1, 'old', 1.00, 'kept')");
      List<Effect> effects = run(prices, insert(1, "new", dec("2.00")));
      assertThat(rows("prices")).containsExactly("1|new|2.00|kept");

      execute("UPDATE prices SET note = 'other'");
      UndoOutcome outcome = undo(effects, ConflictPolicy.FAIL).get(0);
      assertThat(rows("prices")).containsExactly("1|old|1.00|other");
      assertThat(outcome.toString())
          .containsIgnoringCase("from=Optional[{name=new, price=2.00}]")
          .containsIgnoringCase("to=Optional[{name=old, price=1.00}]");
    }

    @Test
    void deleteIsUndoneByInsertOfTheWholeRow() throws Exception {
      execute("INSERT INTO prices VALUES (1, 'old', 1.00, 'kept')");
      List<Effect> effects = run(prices, delete(1, "old", dec("1.00")));
      assertThat(rows("prices")).isEmpty();
      assertThat(undo(effects, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("prices")).containsExactly("1|old|1.00|kept");
    }

    @Test
    void foreignWriterOfAnInsertedRowIsAConflict() throws Exception {
      List<Effect> effects = run(prices, insert(1, "a", dec("1.50")));
      execute("UPDATE prices SET note = 'mine'");

      UndoOutcome outcome = undo(effects, ConflictPolicy.FAIL).get(0);
      assertThat(reason(outcome))
          .containsIgnoringCase("prices {id=1}: expected note = new, found mine");
      assertThat(rows("prices")).containsExactly("1|a|1.50|mine");
      assertThat(undo(effects, ConflictPolicy.SKIP).get(0)).isInstanceOf(UndoOutcome.Skipped.class);
      assertThat(rows("prices")).hasSize(1);
      assertThat(undo(effects, ConflictPolicy.FORCE)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("prices")).isEmpty();
    }

    @Test
    void foreignWriterOfAWrittenColumnIsAConflict() throws Exception {
      execute("INSERT INTO prices VALUES (1, 'old', 1.00, 'kept')");
      List<Effect> effects = run(prices, insert(1, "new", dec("2.00")));
      execute("UPDATE prices SET price = 3.00");

      assertThat(reason(undo(effects, ConflictPolicy.FAIL).get(0)))
          .containsIgnoringCase("expected price = 2.00, found 3.00");
      assertThat(rows("prices")).containsExactly("1|new|3.00|kept");
      undo(effects, ConflictPolicy.FORCE);
      assertThat(rows("prices")).containsExactly("1|old|1.00|kept");
    }

    @Test
    void rowThatIsGoneIsAConflict() throws Exception {
      execute("INSERT INTO prices VALUES (1, 'old', 1.00, 'kept')");
      List<Effect> effects =
          run(prices, insert(1, "new", dec("2.00")), insert(2, "b", dec("1.00")));
      execute("DELETE FROM prices");

      assertThat(undo(effects, ConflictPolicy.FAIL))
          .allSatisfy(outcome -> assertThat(reason(outcome)).contains("the row is gone"));
      undo(effects, ConflictPolicy.FORCE);
      assertThat(rows("prices")).containsExactly("1|old|1.00|kept");
    }

    @Test
    void rowThatIsThereAgainIsAConflict() throws Exception {
      execute("INSERT INTO prices VALUES (1, 'old', 1.00, 'kept')");
      List<Effect> effects = run(prices, delete(1, null, null));
      execute("INSERT INTO prices VALUES (1, 'again', 5.00, 'x')");

      assertThat(reason(undo(effects, ConflictPolicy.FAIL).get(0))).contains("there again");
      undo(effects, ConflictPolicy.FORCE);
      assertThat(rows("prices")).containsExactly("1|old|1.00|kept");
    }

    @Test
    void additiveColumnIsSubtractedWhateverOthersDid() throws Exception {
      execute("INSERT INTO stock VALUES ('apple', 10, 'A')");
      List<Effect> effects = run(stock, insert("apple", -3));
      assertThat(rows("stock")).containsExactly("apple|7|A");
      execute("UPDATE stock SET qty = qty - 2, shelf = 'B'");

      assertThat(undo(effects, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("stock")).containsExactly("apple|8|B");
    }

    @Test
    void rowInsertedByAdditionAloneIsDeletedOrSubtractedFrom() throws Exception {
      List<Effect> untouched = run(stock, insert("apple", 3));
      assertThat(undo(untouched, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("stock")).isEmpty();

      List<Effect> first = run(stock, insert("pear", 3));
      List<Effect> second = run(stock, insert("pear", 4));
      assertThat(undo(first, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("stock")).containsExactly("pear|4|null");
      assertThat(undo(second, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("stock")).containsExactly("pear|0|null");
    }

    @Test
    void additionsThatAreZeroTogetherDoNotHideEachOther() throws Exception {
      execute("CREATE TABLE counter (sku VARCHAR(20) PRIMARY KEY, qty INT)");
      DeclaredTable counter =
          declare(STOCK, List.of("sku"), "table-name", "counter", "sink.additive-columns", "qty");
      List<Effect> first = run(counter, insert("apple", 3));
      List<Effect> second = run(counter, insert("apple", 4));
      List<Effect> third = run(counter, insert("apple", -4));
      assertThat(undo(first, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("counter")).isEmpty();
      assertThat(undo(second, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("counter")).containsExactly("apple|-4");
      assertThat(undo(third, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("counter")).containsExactly("apple|0");
    }

    @Test
    void constraintAtUndoIsAConflictThatLeavesTheTransactionAlive() throws Exception {
      List<Effect> effects = run(stock, insert("apple", 5), insert("pear", 5));
      execute("UPDATE stock SET qty = 2 WHERE sku = 'apple'");

      List<UndoOutcome> outcomes = undo(effects, ConflictPolicy.FAIL);
      assertThat(outcomes.get(0)).isInstanceOf(UNDONE);
      assertThat(reason(outcomes.get(1))).contains("apple").contains("the database refuses");
      assertThat(rows("stock")).containsExactly("apple|2|null");
    }

    @Test
    void referencedRowCannotBeUndone() throws Exception {
      List<Effect> effects = run(prices, insert(1, "a", dec("1.50")));
      execute(
          "CREATE TABLE offers (id INT REFERENCES prices (id))", "INSERT INTO offers VALUES (1)");
      assertThat(reason(undo(effects, ConflictPolicy.FAIL).get(0))).contains("refuses");
      assertThat(undo(effects, ConflictPolicy.FORCE).get(0))
          .isInstanceOf(UndoOutcome.Skipped.class);
      assertThat(rows("prices")).hasSize(1);
    }

    @Test
    void appendedRowsAreUndoneByTheirIdentity() throws Exception {
      execute(
          "CREATE TABLE log (id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text VARCHAR(20))");
      DeclaredTable log =
          declare(RowType.of(new Column("text", DataType.STRING)), List.of(), "table-name", "log");
      List<Effect> effects = run(log, insert("same"), insert("same"));
      run(log, insert("same"));
      assertThat(rows("log")).containsExactly("1|same", "2|same", "3|same");
      assertThat(undo(effects, ConflictPolicy.FAIL)).hasSize(2).hasOnlyElementsOfType(UNDONE);
      assertThat(rows("log")).containsExactly("3|same");
    }

    @Test
    void rowsOfATableWithoutAnyKeyAreUndoneOneByOne() throws Exception {
      execute("CREATE TABLE log (text VARCHAR(20), n INT)");
      DeclaredTable log =
          declare(RowType.of(new Column("text", DataType.STRING)), List.of(), "table-name", "log");
      List<Effect> effects = run(log, insert("same"), insert("same"));
      execute("INSERT INTO log VALUES ('same', NULL)");
      assertThat(undo(effects, ConflictPolicy.FAIL)).hasSize(2).hasOnlyElementsOfType(UNDONE);
      assertThat(rows("log")).containsExactly("same|null");
    }

    @Test
    void identityAndGeneratedColumnsComeBackWithADeletedRow() throws Exception {
      execute(
          """
          CREATE TABLE orders (id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, qty INT,
            twice INT GENERATED ALWAYS AS (qty * 2)%s)
          """
              .formatted(database == TestDatabase.POSTGRESQL ? " STORED" : ""),
          "INSERT INTO orders (qty) VALUES (4), (5)");
      DeclaredTable orders =
          declare(
              RowType.of(new Column("id", DataType.INT)), List.of("id"), "table-name", "orders");
      List<Effect> effects = run(orders, delete(1));
      assertThat(undo(effects, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("orders")).containsExactly("1|4|8", "2|5|10");
    }

    @Test
    void columnsOfTheDatabasesOwnTypesComeBack() throws Exception {
      String document = database == TestDatabase.H2 ? "JSON '{\"a\":1}'" : "'{\"a\": 1}'";
      execute(
          "CREATE TABLE docs (id UUID PRIMARY KEY, doc %s, at TIMESTAMP(6) WITH TIME ZONE, raw %s)"
              .formatted(
                  database == TestDatabase.H2 ? "JSON" : "JSONB",
                  database == TestDatabase.H2 ? "VARBINARY(9)" : "BYTEA"),
          "INSERT INTO docs VALUES ('00000000-0000-0000-0000-000000000001', "
              + document
              + ", TIMESTAMP WITH TIME ZONE '2026-01-01 10:00:00+02:00', NULL)");
      List<String> before = rows("docs");
      DeclaredTable docs =
          declare(
              RowType.of(new Column("id", DataType.STRING)), List.of("id"), "table-name", "docs");
      List<Effect> effects = run(docs, delete("00000000-0000-0000-0000-000000000001"));
      assertThat(rows("docs")).isEmpty();
      assertThat(undo(effects, ConflictPolicy.FAIL)).singleElement().isInstanceOf(UNDONE);
      assertThat(rows("docs").get(0).replace("10:00:00+02", "08:00:00+00"))
          .isEqualTo(before.get(0).replace("10:00:00+02", "08:00:00+00"));
    }

    private static BigDecimal dec(String text) {
      return new BigDecimal(text);
    }

    private static String reason(UndoOutcome outcome) {
      return ((UndoOutcome.Conflict) outcome).reason();
    }
  }
}
