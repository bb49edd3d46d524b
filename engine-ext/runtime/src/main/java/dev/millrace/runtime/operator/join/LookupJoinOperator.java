// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.runtime.kernel.JoinKernel;
import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.runtime.operator.Output;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Joins each left row with the rows a table has for its key at that moment; hands the row's change
 * kind on. Single-threaded; called only by its stage's thread; allocates what the lookup returns.
 *
 * <p>A key with a NULL matches nothing and is not looked up. What the lookup throws fails the run.
 */
public final class LookupJoinOperator implements Operator {
  private final JoinInput left;
  private final boolean outer;
  private final JoinKernel condition;
  private final Callable<RowLookup> opener;
  private final RowBatch key;
  private final RowBatch found;
  private final JoinedRows joined;
  private final List<Object[]> matches = new ArrayList<>();
  private OperatorContext context;
  private RowLookup lookup;

  private LookupJoinOperator(
      JoinInput left,
      RowType table,
      RowType output,
      boolean outer,
      JoinKernel condition,
      Callable<RowLookup> opener) {
    this.left = left;
    this.outer = outer;
    this.condition = condition;
    this.opener = opener;
    key = new RowBatch(keyType(left), 1);
    found = new RowBatch(table, 1);
    joined = new JoinedRows(output, left.type().size());
  }

  /**
   * Pairs that match, and nothing else.
   *
   * @param left its keys in the order the lookup is opened with
   * @param output the left columns, then the table's
   * @param condition what must hold beside equal keys
   * @param opener called once, when the operator opens; the operator closes the lookup
   */
  public static LookupJoinOperator inner(
      JoinInput left,
      RowType table,
      RowType output,
      JoinKernel condition,
      Callable<RowLookup> opener) {
    return new LookupJoinOperator(left, table, output, false, condition, opener);
  }

  /** As {@link #inner}, and left rows without a match beside NULLs. */
  public static LookupJoinOperator left(
      JoinInput left,
      RowType table,
      RowType output,
      JoinKernel condition,
      Callable<RowLookup> opener) {
    return new LookupJoinOperator(left, table, output, true, condition, opener);
  }

  private static RowType keyType(JoinInput left) {
    List<Column> columns = new ArrayList<>();
    for (int column : left.keys()) {
      columns.add(left.type().columns().get(column));
    }
    return new RowType(columns);
  }

  @Override
  public void open(OperatorContext stage) throws Exception {
    context = stage;
    lookup = opener.call();
  }

  @Override
  public void rows(int input, RowBatch batch, Output out) throws Exception {
    for (int row = 0; row < batch.size(); row++) {
      if (Cells.anyNull(batch, row, left.keys())) {
        matches.clear();
      } else if (!collectMatches(batch, row)) {
        continue;
      }
      emit(batch, row, out);
    }
    joined.flush(out);
  }

  /** Collects the table's rows a left row joins; false if the row is dead. */
  private boolean collectMatches(RowBatch batch, int row) throws Exception {
    matches.clear();
    for (Object[] values : lookUp(batch, row)) {
      load(values);
      try {
        if (condition.matches(batch, row, found, 0)) {
          matches.add(values);
        }
      } catch (RuntimeException e) {
        context.deadLetter(batch, row, e);
        return false;
      }
    }
    return true;
  }

  private Iterable<Object[]> lookUp(RowBatch batch, int row) throws Exception {
    key.clear();
    key.add(ChangeKind.INSERT);
    for (int i = 0; i < left.keys().length; i++) {
      key.copyCell(batch, row, left.keys()[i], 0, i);
    }
    return lookup.lookup(key, 0);
  }

  private void load(Object[] values) {
    found.clear();
    found.add(ChangeKind.INSERT);
    for (int column = 0; column < values.length; column++) {
      RowValues.set(found, 0, column, values[column]);
    }
  }

  private void emit(RowBatch batch, int row, Output out) throws Exception {
    ChangeKind kind = batch.kind(row);
    for (Object[] values : matches) {
      load(values);
      joined.join(kind, batch, row, found, 0, out);
    }
    if (outer && matches.isEmpty()) {
      joined.pad(kind, batch, row, out);
    }
  }

  @Override
  public void close() throws Exception {
    if (lookup != null) {
      lookup.close();
    }
  }
}
