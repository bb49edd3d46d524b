// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.Plan;
import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.runtime.dataflow.Dataflow;
import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataflowCompilerTest {
  private static final RowType TYPE = RowType.of(new Column("a", DataType.INT));
  private static final RowType RENAMED = RowType.of(new Column("b", DataType.INT));

  private final PlanNode values = new PlanNode.Values(List.of(), TYPE);
  private final PlanNode groups = new PlanNode.GroupAggregate(values, List.of(0), List.of(), TYPE);

  private static PlanNode renamed(PlanNode input) {
    Expression column = new Expression.Input(0, DataType.INT);
    return new PlanNode.Calc(input, Optional.empty(), List.of(column), RENAMED);
  }

  @Test
  void columnsThatOnlyGetOtherNamesMakeNoStep() {
    StepCompiler steps = new StepCompiler(new Plan("s.sql", List.of(), Map.of(), ZoneOffset.UTC));
    assertThat(DataflowCompiler.vertices(steps, renamed(renamed(groups))))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void aVertexIsThereOnce() {
    Vertex vertex = new Vertex.Source("t", null, TYPE);
    assertThatThrownBy(() -> new Dataflow(List.of(vertex, vertex), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }
}
