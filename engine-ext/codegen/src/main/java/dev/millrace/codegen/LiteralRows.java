// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import dev.millrace.plan.expression.Expression.Literal;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import java.util.List;

/** The rows of {@code VALUES} as a table. */
record LiteralRows(PlanNode.Values values) implements TableSource {
  @Override
  public Boundedness boundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public RowSource open(SourceContext context) {
    return new Reader();
  }

  /** Single-threaded. A position is the number of the next row. */
  private final class Reader implements RewindableSource {
    private int next;

    @Override
    public Status poll(RowBatch batch) {
      while (next < values.rows().size() && !batch.isFull()) {
        append(values.rows().get(next++), batch);
      }
      return next < values.rows().size() ? Status.MORE : Status.END;
    }

    @Override
    public String position() {
      return Integer.toString(next);
    }

    @Override
    public void seek(String position) {
      next = Integer.parseInt(position);
    }
  }

  private static void append(List<Literal> cells, RowBatch batch) {
    int row = batch.add(ChangeKind.INSERT);
    for (int column = 0; column < cells.size(); column++) {
      RowValues.set(batch, row, column, cells.get(column).value());
    }
  }
}
