// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.runtime.operator.Output;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Drives one operator with changelogs written as text, and collects what it emits as text. */
final class OperatorHarness implements OperatorContext, Output {
  private final Operator operator;
  private final RowType input;
  private final int perBatch;
  private final List<String> lines = new ArrayList<>();
  private final List<String> dead = new ArrayList<>();
  private final LongConsumer watermarks;
  private long late;

  /**
   * @param perBatch rows handed over at once
   */
  OperatorHarness(Operator operator, RowType input, int perBatch) throws Exception {
    this(operator, input, perBatch, micros -> {});
  }

  /**
   * @param watermarks takes those emitted
   */
  OperatorHarness(Operator operator, RowType input, int perBatch, LongConsumer watermarks)
      throws Exception {
    this.watermarks = watermarks;
    this.operator = operator;
    this.input = input;
    this.perBatch = perBatch;
    operator.open(this);
  }

  /**
   * Feeds lines: {@code +I[a, 1, null]} a row, {@code ~2026-01-01T00:00} a watermark, {@code ~end}
   * the last one.
   */
  OperatorHarness feed(String changelog) throws Exception {
    RowBatch batch = new RowBatch(input, perBatch);
    for (String line : changelog.lines().map(String::strip).toList()) {
      if (line.startsWith("~")) {
        hand(batch);
        operator.watermark(micros(line.substring(1)), this);
      } else if (!line.isEmpty()) {
        append(line, batch);
        if (batch.isFull()) {
          hand(batch);
        }
      }
    }
    hand(batch);
    return this;
  }

  private void hand(RowBatch batch) throws Exception {
    if (!batch.isEmpty()) {
      operator.rows(0, batch, this);
      batch.clear();
    }
  }

  private static long micros(String text) {
    return text.equals("end") ? Long.MAX_VALUE : RowValues.toMicros(LocalDateTime.parse(text));
  }

  private void append(String line, RowBatch batch) {
    ChangeKind kind =
        Arrays.stream(ChangeKind.values())
            .filter(known -> line.startsWith(known.shortName()))
            .findFirst()
            .orElseThrow();
    String[] cells = line.substring(3, line.length() - 1).split(", ");
    int row = batch.add(kind);
    for (int column = 0; column < input.size(); column++) {
      RowValues.set(batch, row, column, parse(cells[column], input.type(column)));
    }
  }

  private static Object parse(String text, DataType type) {
    if (text.equals("null")) {
      return null;
    }
    return switch (type.root()) {
      case BOOLEAN -> Boolean.valueOf(text);
      case TINYINT, SMALLINT, INTEGER, BIGINT, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
          Long.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case DATE -> LocalDate.parse(text);
      case TIMESTAMP -> LocalDateTime.parse(text);
      case TIMESTAMP_LTZ -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      case CHAR, VARCHAR, BINARY, VARBINARY, TIME, MAP, NULL -> text;
    };
  }

  /** What was emitted, a line a row; watermarks are not among them. */
  List<String> lines() {
    return lines;
  }

  /** Rows with how often they are there. */
  Map<String, Integer> folded() {
    Map<String, Integer> rows = new TreeMap<>();
    for (String line : lines) {
      int change = line.startsWith("+") ? 1 : -1;
      rows.merge(line.substring(2), change, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
    }
    return rows;
  }

  long lateRows() {
    return late;
  }

  List<String> deadRows() {
    return dead;
  }

  @Override
  public void rows(RowBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      lines.add(batch.rowToString(row));
    }
  }

  @Override
  public void watermark(long micros) {
    watermarks.accept(micros);
  }

  @Override
  public void late(long rows) {
    late += rows;
  }

  @Override
  public void deadLetter(RowBatch batch, int row, Exception cause) {
    dead.add(batch.rowToString(row) + " " + cause.getMessage());
  }
}
