// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.runtime.kernel.JoinKernel;
import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.runtime.operator.Output;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.Arrays;

/**
 * Joins two changelogs over all time: INNER or LEFT; input 0 is left. Single-threaded; called only
 * by its stage's thread; does not allocate per row but for state that grows.
 *
 * <p>A key with a NULL matches nothing; such rows are not kept. As in Flink's {@code
 * StreamingJoinOperator}, an inner join hands each row's change kind on, and a left join emits
 * {@code +I} and {@code -D} wherever its left rows may be padded:
 *
 * <pre>
 *   +left    no match: +I[left, null]      matches: +I[left, right]…
 *   -left    no match: -D[left, null]      matches: -D[left, right]…
 *   +right   per matching left: first one: -D[left, null];  then +I[left, right]
 *   -right   per matching left: -D[left, right];            last one: +I[left, null]
 * </pre>
 */
public final class JoinOperator implements Operator, Stateful {
  private static final int LEFT = 0;

  private final JoinInput left;
  private final JoinInput right;
  private final boolean outer;
  private final JoinKernel condition;
  private final JoinState leftRows;
  private final JoinState rightRows;
  private final JoinedRows joined;
  private OperatorContext context;
  private int[] matches = new int[16];
  private int matchCount;

  private JoinOperator(
      JoinInput left, JoinInput right, RowType output, boolean outer, JoinKernel condition) {
    this.left = left;
    this.right = right;
    this.outer = outer;
    this.condition = condition;
    leftRows = new JoinState(left);
    rightRows = new JoinState(right);
    joined = new JoinedRows(output, left.type().size());
  }

  /**
   * Pairs that match, and nothing else.
   *
   * @param output the left columns, then the right ones
   * @param condition what must hold beside equal keys
   */
  public static JoinOperator inner(
      JoinInput left, JoinInput right, RowType output, JoinKernel condition) {
    return new JoinOperator(left, right, output, false, condition);
  }

  /**
   * Pairs that match, and left rows without a match beside NULLs.
   *
   * @param output the left columns, then the right ones, which are nullable
   * @param condition what must hold beside equal keys
   */
  public static JoinOperator left(
      JoinInput left, JoinInput right, RowType output, JoinKernel condition) {
    return new JoinOperator(left, right, output, true, condition);
  }

  @Override
  public void open(OperatorContext stage) {
    context = stage;
  }

  @Override
  public void rows(int input, RowBatch batch, Output out) throws Exception {
    for (int row = 0; row < batch.size(); row++) {
      if (input == LEFT) {
        leftRow(batch, row, out);
      } else {
        rightRow(batch, row, out);
      }
    }
    joined.flush(out);
  }

  private void leftRow(RowBatch batch, int row, Output out) throws Exception {
    ChangeKind kind = batch.kind(row);
    if (Cells.anyNull(batch, row, left.keys())) {
      if (outer) {
        joined.pad(outerKind(kind), batch, row, out);
      }
      return;
    }
    if (!matchesLeft(batch, row)) {
      return;
    }
    if (kind.adds()) {
      leftRows.add(batch, row, matchCount);
    } else {
      leftRows.retract(batch, row);
    }
    if (outer && matchCount == 0) {
      joined.pad(outerKind(kind), batch, row, out);
    }
    ChangeKind emitted = outer ? outerKind(kind) : kind;
    for (int i = 0; i < matchCount; i++) {
      int other = matches[i];
      joined.join(emitted, batch, row, rightRows.batch(other), rightRows.row(other), out);
    }
  }

  private void rightRow(RowBatch batch, int row, Output out) throws Exception {
    if (Cells.anyNull(batch, row, right.keys()) || !matchesRight(batch, row)) {
      return;
    }
    ChangeKind kind = batch.kind(row);
    if (kind.adds()) {
      rightRows.add(batch, row, 0);
    } else {
      rightRows.retract(batch, row);
    }
    for (int i = 0; i < matchCount; i++) {
      int other = matches[i];
      RowBatch otherBatch = leftRows.batch(other);
      int otherRow = leftRows.row(other);
      if (!outer) {
        joined.join(kind, otherBatch, otherRow, batch, row, out);
      } else if (kind.adds()) {
        if (leftRows.associate(other, 1) == 1) {
          joined.pad(ChangeKind.DELETE, otherBatch, otherRow, out);
        }
        joined.join(ChangeKind.INSERT, otherBatch, otherRow, batch, row, out);
      } else {
        joined.join(kind, otherBatch, otherRow, batch, row, out);
        if (leftRows.associate(other, -1) == 0) {
          joined.pad(ChangeKind.INSERT, otherBatch, otherRow, out);
        }
      }
    }
  }

  private static ChangeKind outerKind(ChangeKind kind) {
    return kind.adds() ? ChangeKind.INSERT : ChangeKind.DELETE;
  }

  /** Collects the right rows a left row joins; false if the row is dead. */
  private boolean matchesLeft(RowBatch batch, int row) {
    matchCount = 0;
    try {
      int slot = rightRows.first(batch, row, left.keys());
      for (; slot != JoinState.NONE; slot = rightRows.next(slot)) {
        if (condition.matches(batch, row, rightRows.batch(slot), rightRows.row(slot))) {
          addMatch(slot);
        }
      }
      return true;
    } catch (RuntimeException e) {
      context.deadLetter(batch, row, e);
      return false;
    }
  }

  /** Collects the left rows a right row joins; false if the row is dead. */
  private boolean matchesRight(RowBatch batch, int row) {
    matchCount = 0;
    try {
      int slot = leftRows.first(batch, row, right.keys());
      for (; slot != JoinState.NONE; slot = leftRows.next(slot)) {
        if (condition.matches(leftRows.batch(slot), leftRows.row(slot), batch, row)) {
          addMatch(slot);
        }
      }
      return true;
    } catch (RuntimeException e) {
      context.deadLetter(batch, row, e);
      return false;
    }
  }

  private void addMatch(int slot) {
    if (matchCount == matches.length) {
      matches = Arrays.copyOf(matches, matchCount * 2);
    }
    matches[matchCount++] = slot;
  }

  @Override
  public void snapshot(StateWriter out) {
    leftRows.snapshot(out);
    rightRows.snapshot(out);
  }

  @Override
  public void restore(StateReader in) {
    leftRows.restore(in);
    rightRows.restore(in);
    in.finish();
  }

  @Override
  public long heapBytes() {
    return leftRows.heapBytes() + rightRows.heapBytes();
  }

  /** Rows kept now, of both inputs. */
  public int stateRows() {
    return leftRows.size() + rightRows.size();
  }
}
