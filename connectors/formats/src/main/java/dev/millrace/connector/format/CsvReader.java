// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.io.IOException;

/**
 * Single-threaded; allocates values only. Records of a {@link CsvTokenizer} as rows of some of
 * their fields.
 */
final class CsvReader implements RecordReader {
  private final CsvTokenizer records;
  private final int fieldCount;
  private final int[] fields;
  private final RowType rowType;
  private final CsvRules rules;
  private final BadRecords badRecords;
  private final TextCell[] cells;
  private final char[] nullLiteral;

  /**
   * @param schema of a whole record
   * @param fields that become columns
   */
  CsvReader(
      CsvTokenizer records, RowType schema, int[] fields, CsvRules rules, BadRecords badRecords) {
    this.records = records;
    this.fields = fields;
    this.rules = rules;
    this.badRecords = badRecords;
    fieldCount = schema.size();
    rowType = schema.select(fields);
    cells = TextCell.of(rowType, TimestampStyle.SQL);
    nullLiteral = rules.nullLiteral().map(String::toCharArray).orElse(null);
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    while (!batch.isFull()) {
      if (!records.next()) {
        return false;
      }
      Exception problem = addRow(batch);
      if (problem != null && !rules.ignoreParseErrors()) {
        badRecords.deadLetter(records.recordBytes(), records.position(), problem);
      }
    }
    return true;
  }

  /** Adds the record as a row; what is wrong with it instead, or null. */
  private Exception addRow(RowBatch batch) {
    if (records.problem() != null) {
      return FormatErrors.malformed(records.problem(), null);
    }
    int present = presentFields();
    if (present < 0) {
      return FormatErrors.columnCount(fieldCount, records.fieldCount());
    }
    int row = batch.add(ChangeKind.INSERT);
    for (int column = 0; column < cells.length; column++) {
      Exception problem = setCell(batch, row, column, fields[column] < present);
      if (problem != null) {
        batch.removeLast();
        return problem;
      }
    }
    return null;
  }

  /** How many of the table's columns the record has; -1 if its count of fields is bad. */
  private int presentFields() {
    int found = records.fieldCount();
    if (found > fieldCount) {
      return rules.ignoreTrailing() || isTrailingDelimiter() ? fieldCount : -1;
    }
    boolean mayMiss = rules.ignoreParseErrors() && !rules.failOnMissing();
    return found == fieldCount || mayMiss ? found : -1;
  }

  private boolean isTrailingDelimiter() {
    if (!rules.allowTrailingDelimiter() || records.fieldCount() != fieldCount + 1) {
      return false;
    }
    records.select(fieldCount);
    return records.textFrom() == records.textTo();
  }

  private Exception setCell(RowBatch batch, int row, int column, boolean present) {
    if (present) {
      records.select(fields[column]);
      if (!isNull()) {
        try {
          cells[column].set(batch, row, records.text(), records.textFrom(), records.textTo());
          return null;
        } catch (RuntimeException e) {
          if (!rules.ignoreParseErrors()) {
            return FormatErrors.badValue(rowType.columns().get(column), selectedText(), e);
          }
        }
      }
    }
    if (!rowType.type(column).nullable()) {
      return FormatErrors.nullValue(rowType.columns().get(column));
    }
    batch.setNull(row, column);
    return null;
  }

  private boolean isNull() {
    int length = records.textTo() - records.textFrom();
    if (length == 0 && rules.emptyIsNull()) {
      return true;
    }
    if (nullLiteral == null || nullLiteral.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (records.text()[records.textFrom() + i] != nullLiteral[i]) {
        return false;
      }
    }
    return true;
  }

  private String selectedText() {
    return new String(records.text(), records.textFrom(), records.textTo() - records.textFrom());
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
