// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.runtime.dataflow.Dataflow;
import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Turns a plan into a dataflow that can run. Thread-safe; the dataflow may run many times, also at
 * once.
 */
public final class DataflowCompiler {
  private DataflowCompiler() {}

  /**
   * Compiles a plan. Equal nodes become one vertex, computed once and read by all that need it.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, naming what cannot be computed
   */
  public static Dataflow compile(Plan plan) {
    Vertices vertices = new Vertices(new StepCompiler(plan));
    for (Insert insert : plan.inserts()) {
      vertices.write(insert);
    }
    return new Dataflow(vertices.ordered, plan.isReplayable());
  }

  /** The vertices that compute a node, each after its inputs. */
  static List<Vertex> vertices(StepCompiler steps, PlanNode node) {
    Vertices vertices = new Vertices(steps);
    vertices.vertex(node);
    return vertices.ordered;
  }

  /** The vertices made so far, each after its inputs. */
  private static final class Vertices {
    private final StepCompiler steps;
    private final Map<PlanNode, Vertex> byNode = new HashMap<>();
    private final List<Vertex> ordered = new ArrayList<>();

    Vertices(StepCompiler steps) {
      this.steps = steps;
    }

    void write(Insert insert) {
      boolean upsert =
          insert.sink().accepts() == ChangelogMode.UPSERT
              && insert.query().changelogMode() != ChangelogMode.INSERT_ONLY;
      add(
          new Vertex.Sink(
              insert.table(), checked(insert), insert.sink(), insert.sinkType(), upsert));
    }

    /** The query's rows, held to what the sink declares NOT NULL. */
    private Vertex checked(Insert insert) {
      Vertex query = vertex(insert.query());
      RowType type = insert.query().type();
      int[] columns =
          IntStream.range(0, type.size())
              .filter(i -> type.type(i).nullable() && !insert.sinkType().type(i).nullable())
              .toArray();
      return columns.length == 0 ? query : add(steps.notNull(insert.query(), query, columns));
    }

    private Vertex vertex(PlanNode node) {
      Vertex known = byNode.get(node);
      if (known == null) {
        List<Vertex> inputs = node.inputs().stream().map(this::vertex).toList();
        Vertex compiled = steps.compile(node, inputs);
        known = inputs.contains(compiled) ? compiled : add(compiled);
        byNode.put(node, known);
      }
      return known;
    }

    private Vertex add(Vertex vertex) {
      ordered.add(vertex);
      return vertex;
    }
  }
}
