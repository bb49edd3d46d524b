// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

/** Where generated code finds the cells of an input column. */
interface Inputs {
  String word(int column);

  String ref(int column);

  String isNull(int column);

  /** Parameters of a method that evaluates an expression, as declared. */
  String parameters();

  /** The same, as passed on. */
  String arguments();

  /** One batch, row {@code i}; the arrays are locals or fields. */
  record OneBatch(ColumnArrays arrays) implements Inputs {
    @Override
    public String word(int column) {
      return arrays.words(column) + "[i]";
    }

    @Override
    public String ref(int column) {
      return arrays.refs(column) + "[i]";
    }

    @Override
    public String isNull(int column) {
      return arrays.nulls(column) + "[i]";
    }

    @Override
    public String parameters() {
      return "final int i";
    }

    @Override
    public String arguments() {
      return "i";
    }
  }

  /** Two batches; columns of the right one are numbered behind those of the left one. */
  record TwoBatches(int leftColumns) implements Inputs {
    @Override
    public String word(int column) {
      return cell("words", column);
    }

    @Override
    public String ref(int column) {
      return cell("refs", column);
    }

    @Override
    public String isNull(int column) {
      return cell("nulls", column);
    }

    private String cell(String kind, int column) {
      return column < leftColumns
          ? "left." + kind + "(" + column + ")[leftRow]"
          : "right." + kind + "(" + (column - leftColumns) + ")[rightRow]";
    }

    @Override
    public String parameters() {
      return "final RowBatch left, final int leftRow, final RowBatch right, final int rightRow";
    }

    @Override
    public String arguments() {
      return "left, leftRow, right, rightRow";
    }
  }
}
