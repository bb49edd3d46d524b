// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.AggregateFunction;
import dev.millrace.runtime.operator.GroupAggregateOperator;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GroupAggregateTest {
  private static final DataType MONEY = DataType.decimal(10, 2);
  private static final RowType ORDERS =
      row(
          DataType.STRING,
          DataType.INT,
          MONEY,
          DataType.DOUBLE,
          DataType.BOOLEAN,
          DataType.decimal(38, 2));
  private static final int NAME = 0;
  private static final int QTY = 1;
  private static final int PRICE = 2;
  private static final int RATE = 3;
  private static final int FLAG = 4;
  private static final int TOTAL = 5;

  private static RowType row(DataType... types) {
    List<Column> columns = new ArrayList<>();
    for (DataType type : types) {
      columns.add(new Column("c" + columns.size(), type));
    }
    return new RowType(columns);
  }

  private static AggregateCall call(AggregateFunction function, DataType type, Integer... columns) {
    return new AggregateCall(function, List.of(columns), false, -1, type);
  }

  private static AggregateCall distinct(AggregateFunction function, DataType type, int column) {
    return new AggregateCall(function, List.of(column), true, -1, type);
  }

  private static AggregateCall rows() {
    return call(AggregateFunction.COUNT, DataType.BIGINT.notNull());
  }

  private static OperatorHarness group(
      boolean retracting, List<Integer> keys, AggregateCall... calls) throws Exception {
    return group(256, retracting, keys, calls);
  }

  private static OperatorHarness group(
      int perBatch, boolean retracting, List<Integer> keys, AggregateCall... calls)
      throws Exception {
    List<DataType> types = new ArrayList<>();
    keys.forEach(key -> types.add(ORDERS.type(key)));
    List.of(calls).forEach(call -> types.add(call.type()));
    RowType output = row(types.toArray(DataType[]::new));
    return new OperatorHarness(
        new GroupAggregateOperator(
            AggregateCompiler.table(ORDERS, keys, List.of(calls), output, retracting), output),
        ORDERS,
        perBatch);
  }

  @Test
  void newGroupInsertsAndChangedGroupUpdates() throws Exception {
    OperatorHarness orders =
        group(false, List.of(NAME), rows(), call(AggregateFunction.SUM, DataType.INT, QTY));
    orders.feed(
        """
        +I[a, 1, 1.00, 0, true, 0]
        +I[b, null, 1.00, 0, true, 0]
        +I[a, 2, 1.00, 0, true, 0]
        +I[null, 5, 1.00, 0, true, 0]
        """);
    assertThat(String.join("\n", orders.lines()))
        .isEqualTo(
            """
            +I[a, 1, 1]
            +I[b, 1, null]
            -U[a, 1, 1]
            +U[a, 2, 3]
            +I[null, 1, 5]""");
  }

  @Test
  void equalResultEmitsNothing() throws Exception {
    OperatorHarness orders =
        group(false, List.of(NAME), call(AggregateFunction.MAX, DataType.INT, QTY));
    orders.feed(
        """
        +I[a, 5, 1.00, 0, true, 0]
        +I[a, 3, 1.00, 0, true, 0]
        +I[a, 9, 1.00, 0, true, 0]
        """);
    assertThat(orders.lines()).containsExactly("+I[a, 5]", "-U[a, 5]", "+U[a, 9]");
  }

  @Test
  void groupWithoutRowsIsDeleted() throws Exception {
    OperatorHarness orders =
        group(
            true,
            List.of(NAME),
            rows(),
            call(AggregateFunction.MIN, DataType.INT, QTY),
            call(AggregateFunction.AVG, DataType.INT, QTY));
    orders.feed(
        """
        -D[a, 1, 1.00, 0, true, 0]
        +I[a, 1, 1.00, 0, true, 0]
        +I[a, 4, 1.00, 0, true, 0]
        -U[a, 1, 1.00, 0, true, 0]
        +U[a, 8, 1.00, 0, true, 0]
        -D[a, 4, 1.00, 0, true, 0]
        -D[a, 8, 1.00, 0, true, 0]
        +I[a, 7, 1.00, 0, true, 0]
        """);
    assertThat(String.join("\n", orders.lines()))
        .isEqualTo(
            """
            +I[a, 1, 1, 1]
            -U[a, 1, 1, 1]
            +U[a, 2, 1, 2]
            -U[a, 2, 1, 2]
            +U[a, 1, 4, 4]
            -U[a, 1, 4, 4]
            +U[a, 2, 4, 6]
            -U[a, 2, 4, 6]
            +U[a, 1, 8, 8]
            -D[a, 1, 8, 8]
            +I[a, 1, 7, 7]""");
  }

  @Test
  void oneGroupOverAllRowsExistsFromTheFirstRowOn() throws Exception {
    OperatorHarness orders = group(false, List.of(), rows());
    assertThat(orders.lines()).isEmpty();
    orders.feed("+I[a, 1, 1.00, 0, true, 0]\n+I[b, 1, 1.00, 0, true, 0]");
    assertThat(orders.lines()).containsExactly("+I[1]", "-U[1]", "+U[2]");
  }

  @Test
  void distinctValuesCountOnceAndFilteredRowsDoNot() throws Exception {
    OperatorHarness orders =
        group(
            true,
            List.of(NAME),
            distinct(AggregateFunction.COUNT, DataType.BIGINT, QTY),
            distinct(AggregateFunction.SUM, DataType.decimal(38, 2), PRICE),
            new AggregateCall(AggregateFunction.COUNT, List.of(), false, FLAG, DataType.BIGINT));
    orders.feed(
        """
        +I[a, 1, 1.50, 0, true, 0]
        +I[a, 1, 1.50, 0, false, 0]
        +I[a, 2, 2.50, 0, null, 0]
        -D[a, 1, 1.50, 0, true, 0]
        -D[a, 1, 1.50, 0, false, 0]
        """);
    assertThat(orders.lines())
        .containsExactly(
            "+I[a, 1, 1.50, 1]",
            "-U[a, 1, 1.50, 1]",
            "+U[a, 2, 4.00, 1]",
            "-U[a, 2, 4.00, 1]",
            "+U[a, 2, 4.00, 0]",
            "-U[a, 2, 4.00, 0]",
            "+U[a, 1, 2.50, 0]");
  }

  @Test
  void decimalsAreExactBeyondLongs() throws Exception {
    OperatorHarness orders =
        group(
            true,
            List.of(NAME),
            call(AggregateFunction.SUM, DataType.decimal(38, 2), TOTAL),
            call(AggregateFunction.AVG, DataType.decimal(38, 6), TOTAL),
            call(AggregateFunction.MAX, DataType.decimal(38, 2), TOTAL));
    orders.feed(
        """
        +I[a, 1, 1.00, 0, true, 90000000000000000.00]
        +I[a, 1, 1.00, 0, true, 90000000000000000.01]
        +I[a, 1, 1.00, 0, true, 999999999999999999999999999999999999.99]
        -D[a, 1, 1.00, 0, true, 999999999999999999999999999999999999.99]
        +I[a, 1, 1.00, 0, true, 0.01]
        """);
    assertThat(orders.lines())
        .containsExactly(
            "+I[a, 90000000000000000.00, 90000000000000000.000000, 90000000000000000.00]",
            "-U[a, 90000000000000000.00, 90000000000000000.000000, 90000000000000000.00]",
            "+U[a, 180000000000000000.01, 90000000000000000.005000, 90000000000000000.01]",
            "-U[a, 180000000000000000.01, 90000000000000000.005000, 90000000000000000.01]",
            "+U[a, null, null, 999999999999999999999999999999999999.99]",
            "-U[a, null, null, 999999999999999999999999999999999999.99]",
            "+U[a, 180000000000000000.01, 90000000000000000.005000, 90000000000000000.01]",
            "-U[a, 180000000000000000.01, 90000000000000000.005000, 90000000000000000.01]",
            "+U[a, 180000000000000000.02, 60000000000000000.006667, 90000000000000000.01]");
  }

  @Test
  void averagesOfIntegersAreCutAndOfDecimalsRounded() throws Exception {
    OperatorHarness orders =
        group(
            false,
            List.of(),
            call(AggregateFunction.AVG, DataType.INT, QTY),
            call(AggregateFunction.AVG, DataType.decimal(38, 6), PRICE),
            call(AggregateFunction.AVG, DataType.DOUBLE, RATE),
            call(AggregateFunction.SUM0, DataType.INT, QTY));
    orders.feed(
        """
        +I[a, null, null, null, true, 0]
        +I[a, 1, 0.01, 1.0, true, 0]
        +I[a, 2, 0.01, 2.0, true, 0]
        +I[a, 2, 0.00, 2.5, true, 0]
        """);
    assertThat(orders.lines())
        .startsWith("+I[null, null, null, 0]")
        .endsWith("+U[1, 0.006667, 1.8333333333333333, 5]");
  }

  @Test
  void firstAndLastValuesSkipNullsAndCanBeTakenBack() throws Exception {
    OperatorHarness orders =
        group(
            true,
            List.of(),
            call(AggregateFunction.FIRST_VALUE, DataType.STRING, NAME),
            call(AggregateFunction.LAST_VALUE, DataType.INT, QTY));
    orders.feed(
        """
        +I[null, 1, 1.00, 0, true, 0]
        +I[a, 2, 1.00, 0, true, 0]
        +I[b, null, 1.00, 0, true, 0]
        -D[a, 2, 1.00, 0, true, 0]
        """);
    assertThat(orders.lines())
        .containsExactly("+I[null, 1]", "-U[null, 1]", "+U[a, 2]", "-U[a, 2]", "+U[b, 1]");
  }

  @Test
  void appendOnlyFirstAndLastValues() throws Exception {
    OperatorHarness orders =
        group(
            false,
            List.of(),
            call(AggregateFunction.FIRST_VALUE, DataType.STRING, NAME),
            call(AggregateFunction.LAST_VALUE, DataType.INT, QTY));
    orders.feed(
        "+I[a, 1, 1.00, 0, true, 0]\n+I[b, null, 1.00, 0, true, 0]\n+I[c, 3, 1, 0, true, 0]");
    assertThat(orders.lines()).containsExactly("+I[a, 1]", "-U[a, 1]", "+U[a, 3]");
  }

  @Test
  void deviationsAndVariances() throws Exception {
    OperatorHarness orders =
        group(
            true,
            List.of(),
            call(AggregateFunction.VAR_POP, DataType.DOUBLE, RATE),
            call(AggregateFunction.VAR_SAMP, DataType.DOUBLE, RATE),
            call(AggregateFunction.STDDEV_POP, DataType.DOUBLE, RATE),
            call(AggregateFunction.STDDEV_SAMP, DataType.DOUBLE, RATE));
    orders.feed(
        """
        +I[a, 1, 1.00, 2, true, 0]
        +I[a, 1, 1.00, 4, true, 0]
        +I[a, 1, 1.00, 9, true, 0]
        -D[a, 1, 1.00, 9, true, 0]
        """);
    assertThat(orders.lines())
        .startsWith("+I[0.0, null, 0.0, null]")
        .endsWith("+U[1.0, 2.0, 1.0, 1.4142135623730951]");
  }

  @Test
  void listsAreJoined() throws Exception {
    OperatorHarness orders =
        group(true, List.of(), call(AggregateFunction.LISTAGG, DataType.STRING, NAME));
    orders.feed(
        """
        +I[a, 1, 1.00, 0, true, 0]
        +I[b, 1, 1.00, 0, true, 0]
        +I[null, 1, 1.00, 0, true, 0]
        -D[a, 1, 1.00, 0, true, 0]
        """);
    assertThat(orders.lines()).containsExactly("+I[a]", "-U[a]", "+U[a,b]", "-U[a,b]", "+U[b]");
  }

  @Test
  void secondSingleValueIsAnError() throws Exception {
    OperatorHarness orders =
        group(true, List.of(), call(AggregateFunction.SINGLE_VALUE, DataType.INT, QTY));
    orders.feed(
        """
        +I[a, null, 1.00, 0, true, 0]
        -U[a, null, 1.00, 0, true, 0]
        +U[a, 4, 1.00, 0, true, 0]
        +I[a, 5, 1.00, 0, true, 0]
        """);
    assertThat(orders.lines()).containsExactly("+I[null]", "-D[null]", "+I[4]");
    assertThat(orders.deadRows())
        .containsExactly(
            "+I[a, 5, 1.00, 0.0, true, 0.00] a query used as a value yields more than one row");
  }

  @Test
  void distinctOverSeveralValuesIsRefused() {
    AggregateCall pair =
        new AggregateCall(AggregateFunction.COUNT, List.of(NAME, QTY), true, -1, DataType.BIGINT);
    assertThatThrownBy(() -> group(true, List.of(), pair)).isInstanceOf(MillraceException.class);
  }

  @Test
  void smallBatchesAndManyGroupsFoldToTheTruth() throws Exception {
    Random random = new Random(7);
    for (int perBatch : new int[] {2, 7, 256}) {
      Map<String, Integer> expected = new TreeMap<>();
      Map<String, List<Integer>> groups = new TreeMap<>();
      OperatorHarness orders =
          group(
              perBatch,
              true,
              List.of(NAME, FLAG),
              rows(),
              call(AggregateFunction.SUM, DataType.INT, QTY),
              call(AggregateFunction.MAX, DataType.INT, QTY));
      StringBuilder feed = new StringBuilder();
      for (int i = 0; i < 6_000; i++) {
        String key = "k" + random.nextInt(900) + ", " + (random.nextBoolean() ? "true" : "null");
        List<Integer> group = groups.computeIfAbsent(key, absent -> new ArrayList<>());
        boolean takeBack = !group.isEmpty() && random.nextInt(5) < 2;
        int qty = takeBack ? group.remove(random.nextInt(group.size())) : random.nextInt(20);
        if (!takeBack) {
          group.add(qty);
        }
        String[] parts = key.split(", ");
        feed.append(takeBack ? "-D[" : "+I[")
            .append("%s, %d, 1.00, 0, %s, 0]%n".formatted(parts[0], qty, parts[1]));
      }
      orders.feed(feed.toString());
      groups.forEach(
          (key, values) -> {
            if (!values.isEmpty()) {
              int sum = values.stream().mapToInt(Integer::intValue).sum();
              int max = values.stream().mapToInt(Integer::intValue).max().orElseThrow();
              expected.put("[%s, %d, %d, %d]".formatted(key, values.size(), sum, max), 1);
            }
          });
      assertThat(orders.folded()).isEqualTo(expected);
    }
  }
}
