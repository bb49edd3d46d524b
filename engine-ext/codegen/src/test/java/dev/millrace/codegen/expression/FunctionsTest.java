// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import static dev.millrace.codegen.expression.Evaluation.call;
import static dev.millrace.codegen.expression.Evaluation.constant;
import static dev.millrace.codegen.expression.Evaluation.evaluate;
import static dev.millrace.codegen.expression.Evaluation.input;
import static dev.millrace.codegen.expression.Evaluation.literal;
import static dev.millrace.codegen.expression.Evaluation.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest {
  private static final DataType STRING = DataType.STRING;
  private static final DataType INT = DataType.INT;
  private static final DataType DOUBLE = DataType.DOUBLE;

  @Test
  void onlyFunctionsOfJsonAreRefused() {
    Set<Function> refused =
        Arrays.stream(Function.values())
            .filter(f -> !ExpressionCompiler.supports(f))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Function.class)));
    assertThat(refused)
        .containsExactlyInAnyOrder(Function.JSON_VALUE, Function.JSON_EXISTS, Function.IS_JSON);
    assertThatThrownBy(
            () -> constant(call(Function.IS_JSON, DataType.BOOLEAN, literal("", STRING))))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.SQL))
        .hasMessageContaining("IS_JSON");
  }

  @Test
  void argumentsAFunctionDoesNotTakeAreRefusedByName() {
    assertThatThrownBy(() -> constant(call(Function.UPPER, STRING, literal(1, INT))))
        .hasMessageContaining("UPPER")
        .hasMessageContaining("INT");
    assertThatThrownBy(() -> constant(Evaluation.cast(literal(1, INT), DataType.timestamp(3))))
        .hasMessageContaining("TIMESTAMP(3)");
  }

  @ParameterizedTest
  @CsvSource({
    "SQRT, 2.25, 1.5",
    "EXP, 0, 1",
    "LN, 1, 0",
    "LOG10, 1000, 3",
    "LOG2, 8, 3",
    "SIN, 0, 0",
    "COS, 0, 1",
    "ATAN, 0, 0",
    "SINH, 0, 0",
    "COSH, 0, 1",
    "DEGREES, 3.141592653589793, 180",
    "SIGN, -2.5, -1",
    "ABS, -2.5, 2.5",
    "FLOOR, -2.5, -3",
    "CEIL, -2.5, -2",
    "ROUND, 2.5, 3",
    "ROUND, -2.5, -3",
    "TRUNCATE, -2.5, -2",
    "NEGATE, 2.5, -2.5"
  })
  void functionsOfOneDouble(Function function, double x, double expected) {
    assertThat((Double) evaluate(function, DOUBLE, DOUBLE, x)).isCloseTo(expected, within(1e-12));
    assertThat(evaluate(function, DOUBLE, DOUBLE, null)).isNull();
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void integersWrapAroundAndDivideTowardsZero() {
    assertThat(evaluate(Function.PLUS, INT, INT, Integer.MAX_VALUE, INT, 1))
        .isEqualTo(Integer.MIN_VALUE);
    assertThat(
            evaluate(
                Function.TIMES,
                DataType.TINYINT,
                DataType.TINYINT,
                (byte) 100,
                DataType.TINYINT,
                (byte) 3))
        .isEqualTo((byte) 300);
    assertThat(evaluate(Function.DIVIDE, INT, INT, -7, INT, 2)).isEqualTo(-3);
    assertThat(evaluate(Function.MOD, INT, INT, -7, INT, 2)).isEqualTo(-1);
    assertThat(evaluate(Function.DIVIDE, DOUBLE, DOUBLE, 1D, DOUBLE, 0D))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(evaluate(Function.MOD, INT, INT, null, INT, 0)).isNull();
    assertThatThrownBy(() -> evaluate(Function.MOD, INT, INT, 1, INT, 0))
        .hasMessageContaining("division by zero");
  }

  @Test
  void concatenationIsNullWithANullAndWithASeparatorSkipsIt() {
    assertThat(evaluate(Function.CONCAT, STRING, STRING, "a", STRING, "b", STRING, "c"))
        .isEqualTo("abc");
    assertThat(evaluate(Function.CONCAT, STRING, STRING, "a", STRING, null)).isNull();
    assertThat(
            evaluate(
                Function.CONCAT_WS, STRING, STRING, "-", STRING, null, STRING, "b", STRING, "c"))
        .isEqualTo("b-c");
    assertThat(evaluate(Function.CONCAT_WS, STRING, STRING, null, STRING, "b")).isNull();
  }

  @Test
  void coalesceTakesTheFirstAndGreatestIsNullWithANull() {
    assertThat(evaluate(Function.COALESCE, INT, INT, null, INT, 2, INT, 3)).isEqualTo(2);
    assertThat(evaluate(Function.COALESCE, INT, INT, null, INT, null)).isNull();
    assertThat(evaluate(Function.GREATEST, STRING, STRING, "a", STRING, "c", STRING, "b"))
        .isEqualTo("c");
    assertThat(evaluate(Function.LEAST, INT, INT, 3, INT, null)).isNull();
  }

  @Test
  void distinctnessTakesNullForAValue() {
    assertThat(evaluate(Function.IS_DISTINCT_FROM, DataType.BOOLEAN, STRING, null, STRING, "a"))
        .isEqualTo(true);
    assertThat(evaluate(Function.IS_DISTINCT_FROM, DataType.BOOLEAN, INT, null, INT, null))
        .isEqualTo(false);
    assertThat(evaluate(Function.IS_NOT_DISTINCT_FROM, DataType.BOOLEAN, STRING, "a", STRING, "a"))
        .isEqualTo(true);
    assertThat(evaluate(Function.IS_NOT_TRUE, DataType.BOOLEAN, DataType.BOOLEAN, null))
        .isEqualTo(true);
    assertThat(evaluate(Function.IS_FALSE, DataType.BOOLEAN, DataType.BOOLEAN, null))
        .isEqualTo(false);
  }

  @Test
  void stringsCompareByCodePointAndNotByUtf16Unit() {
    assertThat(evaluate(Function.LESS, DataType.BOOLEAN, STRING, "\uFF5E", STRING, "😀"))
        .isEqualTo(true);
  }

  @Test
  void trimTakesItsSideFromALiteral() {
    for (String[] expected :
        new String[][] {{"BOTH", "a"}, {"LEADING", "axx"}, {"TRAILING", "xxa"}}) {
      Expression trim =
          call(
              Function.TRIM,
              STRING,
              literal(expected[0], STRING),
              literal("x", STRING),
              literal("xxaxx", STRING));
      assertThat(constant(trim)).isEqualTo(expected[1]);
    }
  }

  @Test
  void timesOfOneRowAreOneReadingOfTheClock() {
    DataType ltz = DataType.timestampLtz(3);
    Instant now = Instant.parse("2026-03-04T05:06:07.890Z");
    assertThat(constant(call(Function.CURRENT_TIMESTAMP, ltz))).isEqualTo(now);
    assertThat(constant(call(Function.PROCTIME, ltz))).isEqualTo(now);
    assertThat(constant(call(Function.LOCALTIMESTAMP, DataType.timestamp(3))))
        .isEqualTo(LocalDateTime.parse("2026-03-04T13:06:07.890"));
    assertThat(constant(call(Function.CURRENT_DATE, DataType.DATE)))
        .isEqualTo(LocalDate.parse("2026-03-04"));
    assertThat(constant(call(Function.UNIX_TIMESTAMP, DataType.BIGINT)))
        .isEqualTo(now.getEpochSecond());
  }

  @Test
  void timestampAddCountsUnits() {
    DataType time = DataType.timestamp(3);
    LocalDateTime start = LocalDateTime.parse("2026-01-31T10:00:00");
    assertThat(added("MONTH", 1, start)).isEqualTo(LocalDateTime.parse("2026-02-28T10:00:00"));
    assertThat(added("QUARTER", -1, start)).isEqualTo(LocalDateTime.parse("2025-10-31T10:00:00"));
    assertThat(added("WEEK", 2, start)).isEqualTo(LocalDateTime.parse("2026-02-14T10:00:00"));
    assertThat(added("SECOND", 90, start)).isEqualTo(LocalDateTime.parse("2026-01-31T10:01:30"));
    assertThat(Evaluation.over(row(INT, time), add("MONTH", time), null, start)).isNull();
  }

  private static Object added(String unit, int count, LocalDateTime start) {
    DataType time = DataType.timestamp(3);
    return Evaluation.over(row(INT, time), add(unit, time), count, start);
  }

  private static Expression add(String unit, DataType time) {
    return call(Function.TIMESTAMP_ADD, time, literal(unit, STRING), input(0, INT), input(1, time));
  }

  @Test
  void randomNumbersAreDrawnForEachCall() {
    Expression random = call(Function.RAND, DOUBLE);
    Object first = constant(call(Function.MINUS, DOUBLE, random, random));
    assertThat(first).isNotEqualTo(0D);
    Expression seeded = call(Function.RAND, DOUBLE, literal(7, INT));
    assertThat(constant(seeded)).isEqualTo(constant(seeded));
    assertThat((Integer) constant(call(Function.RAND_INTEGER, INT, literal(5, INT))))
        .isBetween(0, 4);
    assertThat((String) constant(call(Function.UUID, STRING))).hasSize(36);
  }

  @Test
  void aLikePatternThatIsWrongFailsWhenCompiled() {
    assertThatThrownBy(
            () ->
                constant(
                    call(
                        Function.LIKE,
                        DataType.BOOLEAN,
                        literal("a", STRING),
                        literal("a!", STRING),
                        literal("!", STRING))))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.SQL));
  }

  @Test
  void patternsThatWouldRunAwayDoNot() {
    String text = "a".repeat(5000) + "!";
    assertThat(evaluate(Function.REGEXP, DataType.BOOLEAN, STRING, text, STRING, "^(a+)+$"))
        .isEqualTo(false);
    assertThat(
            evaluate(Function.LIKE, DataType.BOOLEAN, STRING, text, STRING, "%a%a%a%a%a%a%a%a%a%b"))
        .isEqualTo(false);
    assertThatThrownBy(
            () ->
                evaluate(
                    Function.REGEXP, DataType.BOOLEAN, STRING, text, STRING, "^(a|a)+\\1{2}b$"))
        .hasMessageContaining("too many steps");
  }

  @Test
  void theSourceHoldsNoTextOfTheUser() {
    String evil = "\"); System.exit(1); //";
    Expression expression = call(Function.CONCAT, STRING, input(0, STRING), literal(evil, STRING));
    KernelClass source =
        CalcSource.of(
            row(STRING), java.util.Optional.empty(), java.util.List.of(expression), row(STRING));
    assertThat(source.source()).doesNotContain("exit");
    assertThat(Evaluation.over(row(STRING), expression, "a")).isEqualTo("a" + evil);
  }

  @Test
  void textOfABadCastIsQuotedInTheError() {
    assertThatThrownBy(() -> constant(Evaluation.cast(literal("12x", STRING), INT)))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DATA))
        .hasMessageContaining("'12x'")
        .hasMessageContaining("INT");
  }

  @Test
  void equalCellsHaveEqualWordsAlsoWhereTheyAreNull() {
    DataType wide = DataType.decimal(30, 0);
    Expression sum = call(Function.PLUS, wide, input(0, wide), input(1, wide));
    RowBatch rows = new RowBatch(row(wide, wide));
    Evaluation.add(rows, new BigDecimal("123456789012345678901234567890"), null);
    Evaluation.add(rows, null, BigDecimal.ONE);
    RowBatch out = new RowBatch(row(wide));
    Evaluation.calc(rows.type(), sum).apply(rows, 0, out);
    assertThat(out.words(0)[0]).isEqualTo(out.words(0)[1]).isZero();
    assertThat(out.refs(0)[0]).isNull();
    assertThat(out.nulls(0)[0]).isTrue();
  }
}
