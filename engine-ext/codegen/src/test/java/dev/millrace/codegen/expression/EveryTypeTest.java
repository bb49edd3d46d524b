// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import static dev.millrace.codegen.expression.Evaluation.call;
import static dev.millrace.codegen.expression.Evaluation.input;
import static dev.millrace.codegen.expression.Evaluation.literal;
import static dev.millrace.codegen.expression.Evaluation.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.runtime.kernel.CalcKernel;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each rule for each type it takes, nullable or not, as input and as literal, compiles and runs.
 */
class EveryTypeTest {
  private static final DataType TIME = new DataType(TypeRoot.TIME, 3, 0, true);
  private static final Map<DataType, Object> SAMPLES = samples();

  private static Map<DataType, Object> samples() {
    Map<DataType, Object> samples = new LinkedHashMap<>();
    samples.put(DataType.BOOLEAN, true);
    samples.put(DataType.TINYINT, (byte) 1);
    samples.put(DataType.SMALLINT, (short) 1);
    samples.put(DataType.INT, 1);
    samples.put(DataType.BIGINT, 1L);
    samples.put(DataType.FLOAT, 1F);
    samples.put(DataType.DOUBLE, 1D);
    samples.put(DataType.decimal(5, 0), new BigDecimal("1"));
    samples.put(DataType.decimal(18, 4), new BigDecimal("1.0000"));
    samples.put(DataType.decimal(38, 10), new BigDecimal("1.0000000000"));
    samples.put(DataType.character(1), "1");
    samples.put(DataType.STRING, "1");
    samples.put(DataType.varchar(5), "1");
    samples.put(new DataType(TypeRoot.BINARY, 1, 0, true), new byte[] {49});
    samples.put(DataType.BYTES, new byte[] {49});
    samples.put(DataType.DATE, LocalDate.of(2026, 1, 1));
    samples.put(TIME, LocalTime.of(1, 0));
    samples.put(DataType.timestamp(3), LocalDateTime.of(2026, 1, 1, 1, 0));
    samples.put(DataType.timestampLtz(3), Instant.parse("2026-01-01T01:00:00Z"));
    return samples;
  }

  @Test
  void castsBetweenAllTypesRunOrAreRefused() {
    int run = 0;
    for (DataType from : SAMPLES.keySet()) {
      for (DataType to : SAMPLES.keySet()) {
        Shape cast = a -> new Expression.Cast(a[0], to, false);
        Shape lenient = a -> new Expression.Cast(a[0], to, true);
        run += runs(List.of(cast, lenient), from) ? 1 : 0;
      }
    }
    // of 361 pairs all but those Flink has no rule for either: times and bytes to numbers …
    assertThat(run).isEqualTo(223);
  }

  @Test
  void arithmeticAndComparisonRunOnAllPairsOfNumbers() {
    List<DataType> numbers = SAMPLES.keySet().stream().filter(t -> t.root().isNumeric()).toList();
    List<Function> arithmetic =
        List.of(Function.PLUS, Function.MINUS, Function.TIMES, Function.DIVIDE, Function.MOD);
    for (DataType a : numbers) {
      for (DataType b : numbers) {
        List<Shape> shapes = new ArrayList<>();
        arithmetic.forEach(f -> shapes.add(x -> call(f, result(a, b), x)));
        shapes.add(x -> call(Function.LESS, DataType.BOOLEAN, x));
        shapes.add(x -> call(Function.IS_DISTINCT_FROM, DataType.BOOLEAN, x));
        assertThat(runs(shapes, a, b)).isTrue();
      }
    }
  }

  private static DataType result(DataType a, DataType b) {
    if (a.root().isApproximate() || b.root().isApproximate()) {
      return DataType.DOUBLE;
    }
    boolean decimal = a.root() == TypeRoot.DECIMAL || b.root() == TypeRoot.DECIMAL;
    return decimal ? DataType.decimal(38, 10) : a.root().compareTo(b.root()) > 0 ? a : b;
  }

  @Test
  void functionsOfAnyTypeRunOnAllTypes() {
    for (DataType type : SAMPLES.keySet()) {
      for (Function function :
          List.of(Function.EQUALS, Function.GREATER, Function.IS_NOT_DISTINCT_FROM)) {
        assertThat(runs(a -> call(function, DataType.BOOLEAN, a), type, type)).isTrue();
      }
      for (Function function : List.of(Function.COALESCE, Function.GREATEST, Function.LEAST)) {
        assertThat(runs(a -> call(function, type, a), type, type)).isTrue();
      }
      assertThat(runs(a -> call(Function.IS_NULL, DataType.BOOLEAN, a), type)).isTrue();
      assertThat(
              runs(
                  a -> new Expression.Case(List.of(a[0]), List.of(a[1]), literal(null, type), type),
                  DataType.BOOLEAN,
                  type))
          .isTrue();
    }
  }

  @Test
  void functionsOfOneNumberRunOnAllNumbers() {
    for (DataType type : SAMPLES.keySet()) {
      if (type.root().isNumeric()) {
        for (Function function :
            List.of(
                Function.NEGATE,
                Function.ABS,
                Function.SIGN,
                Function.FLOOR,
                Function.CEIL,
                Function.ROUND,
                Function.TRUNCATE)) {
          assertThat(runs(a -> call(function, type, a), type)).as(function + " " + type).isTrue();
        }
        assertThat(runs(a -> call(Function.SQRT, DataType.DOUBLE, a), type)).isTrue();
        assertThat(runs(a -> call(Function.ROUND, type, a), type, DataType.INT)).isTrue();
      }
    }
  }

  @Test
  void otherFunctionsRun() {
    DataType text = DataType.STRING;
    DataType number = DataType.INT;
    DataType wide = DataType.BIGINT;
    DataType x = DataType.DOUBLE;
    for (Function f :
        List.of(
            Function.UPPER,
            Function.LOWER,
            Function.INITCAP,
            Function.REVERSE,
            Function.LTRIM,
            Function.RTRIM,
            Function.BTRIM,
            Function.MD5,
            Function.SHA1,
            Function.SHA224,
            Function.SHA256,
            Function.SHA384,
            Function.SHA512,
            Function.TO_BASE64,
            Function.HEX)) {
      assertThat(runs(a -> call(f, text, a), text)).as(f.name()).isTrue();
    }
    for (Function f :
        List.of(
            Function.EXP,
            Function.LN,
            Function.LOG10,
            Function.LOG2,
            Function.LOG,
            Function.SIN,
            Function.COS,
            Function.TAN,
            Function.COT,
            Function.ASIN,
            Function.ACOS,
            Function.ATAN,
            Function.SINH,
            Function.COSH,
            Function.TANH,
            Function.DEGREES,
            Function.RADIANS)) {
      assertThat(runs(a -> call(f, x, a), x)).as(f.name()).isTrue();
      assertThat(runs(a -> call(f, x, a), DataType.decimal(38, 10))).as(f.name()).isTrue();
    }
    for (Function f : List.of(Function.POWER, Function.ATAN2, Function.LOG)) {
      assertThat(runs(a -> call(f, x, a), x, number)).as(f.name()).isTrue();
    }
    assertThat(runs(a -> call(Function.PI, x))).isTrue();
    assertThat(runs(a -> call(Function.E, x))).isTrue();
    assertThat(runs(a -> call(Function.BIN, text, a), wide)).isTrue();
    assertThat(runs(a -> call(Function.CHR, text, a), wide)).isTrue();
    assertThat(runs(a -> call(Function.RIGHT, text, a), text, number)).isTrue();
    assertThat(runs(a -> call(Function.SUBSTRING, text, a), text, number)).isTrue();
    assertThat(runs(a -> call(Function.OVERLAY, text, a), text, text, number)).isTrue();
    assertThat(runs(a -> call(Function.TRANSLATE, text, a), text, text, text)).isTrue();
    assertThat(runs(a -> call(Function.STARTSWITH, DataType.BOOLEAN, a), text, text)).isTrue();
    assertThat(
            runs(a -> call(Function.ENDSWITH, DataType.BOOLEAN, a), DataType.BYTES, DataType.BYTES))
        .isTrue();
    Expression utf8 = literal("UTF-8", text);
    assertThat(runs(a -> call(Function.ENCODE, DataType.BYTES, a[0], utf8), text)).isTrue();
    assertThat(runs(a -> call(Function.DECODE, text, a[0], utf8), DataType.BYTES)).isTrue();
    assertThat(runs(a -> call(Function.TO_DATE, DataType.DATE, a), text)).isTrue();
    assertThat(runs(a -> call(Function.TO_TIMESTAMP, DataType.timestamp(3), a), text)).isTrue();
    DataType instant = DataType.timestampLtz(3);
    for (DataType epoch : List.of(wide, x, DataType.decimal(18, 4), text)) {
      assertThat(runs(a -> call(Function.TO_TIMESTAMP_LTZ, instant, a), epoch)).isTrue();
    }
    assertThat(runs(a -> call(Function.UNIX_TIMESTAMP, wide, a), instant)).isTrue();
    assertThat(runs(a -> call(Function.CURRENT_TIME, TIME))).isTrue();
    assertThat(runs(a -> call(Function.LOCALTIME, TIME))).isTrue();
    assertThat(runs(a -> call(Function.RAND_INTEGER, number, a), number, number)).isTrue();
  }

  @Test
  void partsOfATimeOfDayAreRounded() {
    Expression hour = literal("HOUR", DataType.STRING);
    Expression floor = call(Function.FLOOR, TIME, input(0, TIME), hour);
    Expression ceil = call(Function.CEIL, TIME, input(0, TIME), hour);
    Expression minute =
        call(Function.EXTRACT, DataType.BIGINT, literal("MINUTE", DataType.STRING), input(0, TIME));
    LocalTime time = LocalTime.of(13, 5);
    assertThat(Evaluation.over(row(TIME), floor, time)).isEqualTo(LocalTime.of(13, 0));
    assertThat(Evaluation.over(row(TIME), ceil, time)).isEqualTo(LocalTime.of(14, 0));
    assertThat(Evaluation.over(row(TIME), minute, time)).isEqualTo(5L);
  }

  private interface Shape {
    Expression of(Expression... arguments);
  }

  private static boolean runs(Shape shape, DataType... types) {
    return runs(List.of(shape), types);
  }

  /** Runs them over samples and NULLs; false where the types are refused. */
  private static boolean runs(List<Shape> shapes, DataType... types) {
    try {
      int count = types.length;
      Object[] twice = new Object[2 * count];
      DataType[] both = new DataType[2 * count];
      Expression[] inputs = new Expression[count];
      Expression[] certain = new Expression[count];
      Expression[] literals = new Expression[count];
      Expression[] empty = new Expression[count];
      for (int i = 0; i < count; i++) {
        both[i] = types[i];
        both[count + i] = types[i].notNull();
        twice[i] = SAMPLES.get(types[i]);
        twice[count + i] = twice[i];
        inputs[i] = input(i, types[i]);
        certain[i] = input(count + i, types[i].notNull());
        literals[i] = literal(twice[i], types[i]);
        empty[i] = literal(null, types[i]);
      }
      assertSame(shapes, row(both), twice, inputs, certain, literals);
      assertSame(shapes, row(types), new Object[count], inputs, empty);
      return true;
    } catch (MillraceException e) {
      assertThat(e.code().id()).isIn("MR-EXPR-002", "MR-EXPR-003");
      return false;
    }
  }

  /** Each shape has the same value, or no value, whichever way its arguments come. */
  private static void assertSame(
      List<Shape> shapes, RowType in, Object[] values, Expression[]... ways) {
    List<Expression> all = new ArrayList<>();
    shapes.forEach(shape -> Stream.of(ways).forEach(way -> all.add(shape.of(way))));
    CalcKernel kernel = Evaluation.calc(in, all.toArray(Expression[]::new));
    RowBatch rows = new RowBatch(in, 1);
    Evaluation.add(rows, values);
    RowBatch out = new RowBatch(row(all), 1);
    try {
      kernel.apply(rows, 0, out);
    } catch (MillraceException e) {
      assertThat(e.category()).isEqualTo(ErrorCategory.DATA);
      return;
    }
    for (int c = 0; c < all.size(); c++) {
      Object first = RowValues.get(out, 0, c - c % ways.length);
      assertThat(RowValues.get(out, 0, c)).as(all.get(c).toString()).isEqualTo(first);
    }
  }
}
