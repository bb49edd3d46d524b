// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.AggregateFunction;
import dev.millrace.runtime.aggregate.GroupTable;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Generated code is code: it is read and reviewed like any other. */
class GeneratedSourceTest {
  private static final RowType INPUT =
      RowType.of(
          new Column("it's \"quoted\" */", DataType.BIGINT),
          new Column("price", DataType.decimal(10, 2)));
  private static final List<AggregateCall> CALLS =
      List.of(
          new AggregateCall(
              AggregateFunction.COUNT, List.of(), false, -1, DataType.BIGINT.notNull()),
          new AggregateCall(AggregateFunction.SUM, List.of(1), false, -1, DataType.decimal(38, 2)));
  private static final RowType OUTPUT =
      RowType.of(
          new Column("k", DataType.BIGINT),
          new Column("n", DataType.BIGINT.notNull()),
          new Column("sum", DataType.decimal(38, 2)));

  @Test
  void sourceIsAsReviewed() throws Exception {
    try (InputStream golden = getClass().getResourceAsStream("Groups.java.golden")) {
      assertThat(AggregateCompiler.source(INPUT, List.of(0), CALLS, OUTPUT, false))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void hundredsOfKeysAndCallsCompile() {
    List<Column> input = new ArrayList<>();
    List<Column> output = new ArrayList<>();
    List<Integer> keys = new ArrayList<>();
    List<AggregateCall> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      input.add(new Column("k" + i, i % 2 == 0 ? DataType.BIGINT : DataType.STRING));
      output.add(input.get(i));
      keys.add(i);
    }
    for (int i = 0; i < 400; i++) {
      calls.add(
          new AggregateCall(
              AggregateFunction.MAX, List.of(i % 200), false, -1, input.get(i % 200).type()));
      output.add(input.get(i % 200));
    }
    GroupTable table =
        AggregateCompiler.table(new RowType(input), keys, calls, new RowType(output), true);
    assertThat(table.size()).isZero();
  }
}
