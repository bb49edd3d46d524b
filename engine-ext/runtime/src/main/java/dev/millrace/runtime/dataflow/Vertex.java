// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.dataflow;

import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.type.RowType;
import java.util.List;

/** A part of a dataflow. Compared by identity: two vertices with equal parts are two. */
public abstract sealed class Vertex {
  private final String name;

  private Vertex(String name) {
    this.name = name;
  }

  /** For messages and metrics. */
  public String name() {
    return name;
  }

  public abstract List<Vertex> inputs();

  /** Reads a table. */
  public static final class Source extends Vertex {
    private final TableSource table;
    private final RowType type;

    /**
     * @param name the table's, by which positions are kept
     */
    public Source(String name, TableSource table, RowType type) {
      super(name);
      this.table = table;
      this.type = type;
    }

    public TableSource table() {
      return table;
    }

    public RowType type() {
      return type;
    }

    @Override
    public List<Vertex> inputs() {
      return List.of();
    }
  }

  /** Computes. */
  public static final class Step extends Vertex {
    private final List<Vertex> inputs;
    private final List<RowType> inputTypes;
    private final Distribution distribution;
    private final OperatorFactory operators;
    private final Identity identity;

    /**
     * By which a step finds its state again.
     *
     * @param fingerprint equal for steps, also of other dataflows, whose state is made alike
     * @param stateful it remembers rows: without its state results would be wrong
     */
    public record Identity(String fingerprint, boolean stateful) {}

    public Step(
        String name,
        Identity identity,
        List<Vertex> inputs,
        List<RowType> inputTypes,
        Distribution distribution,
        OperatorFactory operators) {
      super(name);
      this.identity = identity;
      this.inputs = List.copyOf(inputs);
      this.inputTypes = List.copyOf(inputTypes);
      this.distribution = distribution;
      this.operators = operators;
    }

    @Override
    public List<Vertex> inputs() {
      return inputs;
    }

    public String fingerprint() {
      return identity.fingerprint();
    }

    /** Whether it remembers rows. */
    public boolean stateful() {
      return identity.stateful();
    }

    public RowType inputType(int input) {
      return inputTypes.get(input);
    }

    public Distribution distribution() {
      return distribution;
    }

    public OperatorFactory operators() {
      return operators;
    }
  }

  /** Writes a table. */
  public static final class Sink extends Vertex {
    private final Vertex input;
    private final TableSink table;
    private final RowType type;
    private final boolean upsert;

    /**
     * @param upsert the sink takes no {@code -U}: they are left out
     */
    public Sink(String name, Vertex input, TableSink table, RowType type, boolean upsert) {
      super(name);
      this.input = input;
      this.table = table;
      this.type = type;
      this.upsert = upsert;
    }

    public TableSink table() {
      return table;
    }

    public RowType type() {
      return type;
    }

    public boolean upsert() {
      return upsert;
    }

    @Override
    public List<Vertex> inputs() {
      return List.of(input);
    }
  }
}
