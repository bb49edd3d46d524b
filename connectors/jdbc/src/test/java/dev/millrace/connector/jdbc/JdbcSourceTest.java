// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.connector.LookupTable;
import dev.millrace.spi.connector.ProjectableSource;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcSourceTest {
  private static final RowType ITEMS =
      RowType.of(new Column("name", DataType.STRING), new Column("id", DataType.BIGINT));
  private static final RowType EVERY_TYPE =
      RowType.of(
          new Column("id", DataType.INT),
          new Column("flag", DataType.BOOLEAN),
          new Column("small", DataType.SMALLINT),
          new Column("tiny", DataType.TINYINT),
          new Column("big", DataType.BIGINT),
          new Column("real_", DataType.FLOAT),
          new Column("double_", DataType.DOUBLE),
          new Column("money_", DataType.decimal(30, 3)),
          new Column("fixed", DataType.character(4)),
          new Column("text_", DataType.STRING),
          new Column("bytes_", DataType.BYTES),
          new Column("day_", DataType.DATE),
          new Column("time_", DataType.TIME),
          new Column("at_", DataType.timestamp(6)),
          new Column("instant_", DataType.timestampLtz(6)),
          new Column("uuid_", DataType.STRING));

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
    Cases(TestDatabase database) {
      super(database);
    }

    @BeforeEach
    void createTables() throws Exception {
      execute(
          "CREATE TABLE items (id INT PRIMARY KEY, name VARCHAR(20), qty BIGINT)",
          "INSERT INTO items VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 5000000000)");
    }

    @Test
    void tableIsReadFromFirstRowToLast() throws Exception {
      assertThat(scan(declare(ITEMS, List.of(), "table-name", "Items"), 2))
          .containsExactlyInAnyOrder("+I[a, 1]", "+I[b, 2]", "+I[c, 3]");
    }

    @Test
    void onlyTheColumnsAskedForAreSelected() throws Exception {
      RowType schema =
          RowType.of(
              new Column("id", DataType.INT),
              new Column("qty", DataType.INT),
              new Column("name", DataType.STRING));
      ProjectableSource table =
          (ProjectableSource)
              new JdbcFactory()
                  .source(
                      declare(
                          schema,
                          List.of(),
                          "table-name",
                          "items",
                          "scan.partition.column",
                          "qty",
                          "scan.partition.num",
                          "1",
                          "scan.partition.lower-bound",
                          "20",
                          "scan.partition.upper-bound",
                          "5000000000"));
      assertThat(scanOnly(table, schema, 2)).containsExactlyInAnyOrder("+I[b]", "+I[c]");
      assertThat(scanOnly(table, schema)).containsExactly("+I[]", "+I[]");
    }

    private List<String> scanOnly(ProjectableSource table, RowType schema, int... columns)
        throws Exception {
      return scan(table.project(columns).orElseThrow(), new RowBatch(schema.select(columns)));
    }

    @Test
    void schemaCanBeNamed() throws Exception {
      execute(
          "CREATE SCHEMA sales",
          "CREATE TABLE sales.items (id INT, name VARCHAR(5))",
          "INSERT INTO sales.items VALUES (9, 'z')");
      assertThat(scan(declare(ITEMS, List.of(), "table-name", "sales.items"), 8))
          .containsExactly("+I[z, 9]");
    }

    @Test
    void namesThatNeedQuotesWork() throws Exception {
      execute(
          "CREATE TABLE \"Order Lines\" (\"select\" INT, \"Na%me_\" VARCHAR(5))",
          "CREATE TABLE \"OrderXLines\" (\"other\" INT)",
          "INSERT INTO \"Order Lines\" VALUES (1, 'x')");
      RowType schema =
          RowType.of(new Column("Na%me_", DataType.STRING), new Column("select", DataType.INT));
      assertThat(scan(declare(schema, List.of(), "table-name", "Order Lines"), 8))
          .containsExactly("+I[x, 1]");
    }

    @Test
    void boundsFilterRows() throws Exception {
      assertThat(
              scan(
                  declare(
                      ITEMS,
                      List.of(),
                      "table-name",
                      "items",
                      "scan.partition.column",
                      "id",
                      "scan.partition.num",
                      "2",
                      "scan.partition.lower-bound",
                      "2",
                      "scan.partition.upper-bound",
                      "3"),
                  8))
          .containsExactlyInAnyOrder("+I[b, 2]", "+I[c, 3]");
      assertThatThrownBy(
              () ->
                  scan(
                      declare(ITEMS, List.of(), "table-name", "items", "scan.partition.num", "2"),
                      8))
          .hasMessageContaining("together or not at all");
    }

    @Test
    void valueThatIsNotAsDeclaredIsADeadLetter() throws Exception {
      execute("INSERT INTO items VALUES (4, NULL, NULL)");
      RowType schema =
          RowType.of(new Column("id", DataType.INT), new Column("qty", DataType.INT.notNull()));
      assertThat(scan(declare(schema, List.of(), "table-name", "items"), 8))
          .containsExactlyInAnyOrder("+I[1, 10]", "+I[2, 20]");
      assertThat(deadLetters).hasSize(2);
      assertThat(deadLetters.get(0)).contains("5000000000").containsIgnoringCase("items, row 3");
      assertThat(deadLetters.get(1)).contains("NOT NULL");
    }

    @Test
    void lastRowGivesTheConnectionBack() throws Exception {
      List<Connection> opened = new ArrayList<>();
      services = new BreakableConnections(dataSource, opened).in(services);
      DeclaredTable table = declare(ITEMS, List.of(), "table-name", "items");
      RowBatch batch = new RowBatch(ITEMS, 8);
      var source = new JdbcFactory().source(table).open(sourceContext());
      source.poll(batch);
      assertThat(opened).hasSize(1);
      assertThat(opened.get(0).isClosed()).isTrue();
      source.close();
    }

    @Test
    void everyTypeGoesInAndComesOutUnchanged() throws Exception {
      boolean h2 = database == TestDatabase.H2;
      execute(
          """
          CREATE TABLE every_type (id INT PRIMARY KEY, flag BOOLEAN, small SMALLINT, tiny %s,
            big BIGINT, real_ REAL, double_ DOUBLE PRECISION, money_ NUMERIC(30, 3),
            fixed CHAR(4), text_ %s, bytes_ %s, day_ DATE, time_ TIME(3), at_ TIMESTAMP(6),
            instant_ TIMESTAMP(6) WITH TIME ZONE, uuid_ UUID)
          """
              .formatted(
                  h2 ? "TINYINT" : "SMALLINT",
                  h2 ? "CHARACTER LARGE OBJECT" : "TEXT",
                  h2 ? "BINARY LARGE OBJECT" : "BYTEA"));
      DeclaredTable table = declare(EVERY_TYPE, List.of("id"), "table-name", "every_type");
      Object[] values = {
        1,
        true,
        (short) -7,
        (byte) 5,
        Long.MIN_VALUE,
        1.1f,
        Math.PI,
        new BigDecimal("123456789012345678901234567.891"),
        "fix ",
        "grüße 🚚",
        new byte[] {0, -1, 42},
        LocalDate.of(2024, 2, 29),
        LocalTime.of(23, 59, 59, 123_000_000),
        LocalDateTime.of(2026, 1, 2, 3, 4, 5, 123_456_000),
        Instant.parse("2026-03-29T01:30:00.654321Z"),
        "00000000-0000-0000-0000-0000000000ff"
      };
      Object[] nulls = new Object[values.length];
      nulls[0] = 2;
      try (RowSink sink = buffered(table)) {
        sink.write(batch(EVERY_TYPE, insert(values), insert(nulls)));
        sink.finish();
      }
      List<String> expected = new ArrayList<>();
      RowBatch written = batch(EVERY_TYPE, insert(values), insert(nulls));
      expected.add(written.rowToString(0));
      expected.add(written.rowToString(1));
      assertThat(scan(table, 8)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(EVERY_TYPE.columns().stream().map(column -> column.type().root()))
          .contains(TypeRoot.TIMESTAMP_LTZ);
    }

    @Test
    void lookupFindsRowsByKey() throws Exception {
      try (RowLookup lookup = lookup(declare(ITEMS, List.of(), "table-name", "items"), 1)) {
        assertThat(find(lookup, 2L)).containsExactly("b,2");
        assertThat(find(lookup, 9L)).isEmpty();
        assertThat(find(lookup, 1L << 40)).isEmpty();
        execute("UPDATE items SET name = 'new' WHERE id = 2");
        assertThat(find(lookup, 2L)).containsExactly("new,2");
      }
    }

    @Test
    void cachedLookupDoesNotAskAgain() throws Exception {
      DeclaredTable table =
          declare(ITEMS, List.of(), "table-name", "items", "lookup.cache", "PARTIAL");
      try (RowLookup lookup = lookup(table, 1)) {
        assertThat(find(lookup, 2L)).containsExactly("b,2");
        assertThat(find(lookup, 9L)).isEmpty();
        execute("UPDATE items SET name = 'new'", "INSERT INTO items VALUES (9, 'z', 1)");
        assertThat(find(lookup, 2L)).containsExactly("b,2");
        assertThat(find(lookup, 9L)).isEmpty();
      }
    }

    private RowLookup lookup(DeclaredTable table, int... key) throws Exception {
      return ((LookupTable) new JdbcFactory().source(table)).openLookup(key, sourceContext());
    }

    private List<String> find(RowLookup lookup, long id) throws Exception {
      RowBatch keys = batch(RowType.of(new Column("id", DataType.BIGINT)), insert(id));
      List<String> found = new ArrayList<>();
      for (Object[] row : lookup.lookup(keys, 0)) {
        found.add(row[0] + "," + row[1]);
      }
      return found;
    }
  }
}
