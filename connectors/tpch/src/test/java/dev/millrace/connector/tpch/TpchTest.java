// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.tpch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.ProjectableSource;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowRate;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import io.trino.tpch.Order;
import io.trino.tpch.TpchTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpchTest {
  /** Rows that are made are never bad. */
  private static final SourceContext CONTEXT =
      new SourceContext() {
        @Override
        public Services services() {
          return Services.none();
        }

        @Override
        public void deadLetter(String record, String position, Exception cause) {
          throw new AssertionError(record, cause);
        }
      };

  private static final RowType ORDERS =
      RowType.of(
          new Column("o_orderdate", DataType.DATE),
          new Column("o_orderkey", DataType.BIGINT),
          new Column("o_totalprice", DataType.decimal(15, 2)),
          new Column("o_orderstatus", DataType.character(1)));

  @Test
  void columnsAreMatchedByName() throws Exception {
    assertThat(rows(orders(Map.of("table", "orders")), ORDERS))
        .hasSize(15_000)
        .startsWith(
            "+I[1996-01-02, 1, 172799.49, O]",
            "+I[1996-12-01, 2, 38426.09, O]",
            "+I[1993-10-14, 3, 205654.30, F]");
  }

  @Test
  void rowsAreTheSameWhateverColumnsAreRead() throws Exception {
    int[] columns = {1, 3};
    TableSource some =
        ((ProjectableSource) orders(Map.of("table", "orders"))).project(columns).orElseThrow();
    assertThat(rows(some, ORDERS.select(columns)))
        .hasSize(15_000)
        .startsWith("+I[1, O]", "+I[2, O]", "+I[3, F]");
  }

  @Test
  void columnsTakeAnyFittingType() throws Exception {
    RowType schema =
        RowType.of(
            new Column("o_orderdate", DataType.timestamp(3)),
            new Column("o_orderkey", DataType.STRING),
            new Column("o_totalprice", DataType.DOUBLE),
            new Column("o_shippriority", DataType.INT));
    assertThat(rows(source(schema, Map.of("table", "orders")), schema))
        .startsWith("+I[1996-01-02T00:00, 1, 172799.49, 0]");
  }

  @ParameterizedTest
  @CsvSource({
    "customer,1500",
    "orders,15000",
    "lineitem,60175",
    "part,2000",
    "partsupp,8000",
    "supplier,100",
    "nation,25",
    "region,5"
  })
  void everyTableHasItsRows(String table, int count) throws Exception {
    RowType schema =
        new RowType(
            TpchTable.getTable(table).getColumns().stream()
                .map(
                    column ->
                        new Column(
                            column.getColumnName(),
                            switch (column.getType().getBase()) {
                              case IDENTIFIER -> DataType.BIGINT;
                              case INTEGER -> DataType.INT;
                              case DOUBLE -> DataType.decimal(15, 2);
                              case DATE -> DataType.DATE;
                              case VARCHAR -> DataType.STRING;
                            }))
                .collect(Collectors.toList()));
    assertThat(rows(source(schema, Map.of("table", table)), schema)).hasSize(count);
  }

  @Test
  void rewoundSourceGoesOnWhereItWas() throws Exception {
    TableSource source = orders(Map.of("table", "orders", "start-row", "14997"));
    assertThat(source.boundedness()).isEqualTo(Boundedness.BOUNDED);
    RowBatch batch = new RowBatch(ORDERS, 2);
    RewindableSource first = (RewindableSource) source.open(CONTEXT);
    first.poll(batch);
    RewindableSource second = (RewindableSource) source.open(CONTEXT);
    second.seek(first.position());
    RowBatch rest = new RowBatch(ORDERS, 10);
    assertThat(second.poll(rest)).isEqualTo(RowSource.Status.END);
    assertThat(rest.size()).isEqualTo(1);
    assertThat(second.position()).isEqualTo("15000");
  }

  @Test
  void rateHoldsRowsBack() {
    long[] nowNs = {0};
    TpchRows<Order> rows =
        new TpchRows<>(
            TpchTable.ORDERS.createGenerator(0.01, 1, 1).iterator(),
            TpchCell.of(TpchTable.ORDERS, ORDERS),
            new RowRate(2, () -> nowNs[0]),
            0);
    RowBatch batch = new RowBatch(ORDERS);
    assertThat(rows.poll(batch)).isEqualTo(RowSource.Status.IDLE);
    assertThat(batch.size()).isEqualTo(1);
    nowNs[0] = 2_000_000_000L;
    rows.poll(batch);
    assertThat(batch.size()).isEqualTo(5);
  }

  @Test
  void wrongTablesAreRefusedByName() {
    assertRefused(ORDERS, Map.of("table", "order"), "'order'", "orders", "lineitem");
    assertRefused(ORDERS, Map.of("table", "region"), "'o_orderdate'", "r_regionkey");
    assertRefused(
        RowType.of(new Column("o_orderdate", DataType.INT)), Map.of("table", "orders"), "DATE");
    assertRefused(ORDERS, Map.of("table", "orders", "scale-factor", "0"), "scale-factor");
    assertRefused(ORDERS, Map.of("table", "orders", "rows-per-second", "-1"), "rows-per-second");
    assertRefused(ORDERS, Map.of("table", "orders", "start-row", "-1"), "start-row");
  }

  private static void assertRefused(RowType schema, Map<String, String> options, String... words) {
    assertThatThrownBy(() -> source(schema, options))
        .isInstanceOf(MillraceException.class)
        .hasMessageContainingAll(words);
  }

  private static TableSource orders(Map<String, String> options) {
    return source(ORDERS, options);
  }

  private static TableSource source(RowType schema, Map<String, String> options) {
    return new TpchFactory().source(new DeclaredTable(schema, options));
  }

  private static List<String> rows(TableSource source, RowType schema) throws Exception {
    List<String> rows = new ArrayList<>();
    RowSource open = source.open(CONTEXT);
    RowBatch batch = new RowBatch(schema);
    RowSource.Status status = RowSource.Status.MORE;
    while (status != RowSource.Status.END) {
      batch.clear();
      status = open.poll(batch);
      for (int row = 0; row < batch.size(); row++) {
        rows.add(batch.rowToString(row));
      }
    }
    return rows;
  }
}
