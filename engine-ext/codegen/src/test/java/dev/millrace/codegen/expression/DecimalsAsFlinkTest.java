// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import static dev.millrace.codegen.expression.Evaluation.call;
import static dev.millrace.codegen.expression.FlinkOracle.big;
import static dev.millrace.codegen.expression.FlinkOracle.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.DecimalDataUtils;
import org.apache.flink.table.runtime.functions.SqlFunctionUtils;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeMerging;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecimalsAsFlinkTest {
  private static final int TYPES = 60;
  private static final int ROWS = 60;

  @ParameterizedTest
  @EnumSource(names = {"PLUS", "MINUS", "TIMES", "DIVIDE", "MOD"})
  void arithmeticOfAnyTwoTypesIsThatOfFlink(Function function) {
    Random random = new Random(function.ordinal());
    int computed = 0;
    for (int i = 0; i < TYPES; i++) {
      DataType left = type(random);
      DataType right = type(random);
      DataType result = result(function, left, right);
      FlinkOracle oracle = new FlinkOracle(a -> call(function, result, a), left, right);
      for (int j = 0; j < ROWS; j++) {
        BigDecimal a = value(random, left);
        BigDecimal b = value(random, right);
        oracle.check(() -> big(flink(function, decimal(a, left), decimal(b, right), result)), a, b);
      }
      computed += oracle.computed();
    }
    assertThat(computed).isGreaterThan(TYPES * ROWS / 3);
  }

  private static DecimalData flink(Function function, DecimalData a, DecimalData b, DataType type) {
    int p = type.precision();
    int s = type.scale();
    return switch (function) {
      case PLUS -> DecimalDataUtils.add(a, b, p, s);
      case MINUS -> DecimalDataUtils.subtract(a, b, p, s);
      case TIMES -> DecimalDataUtils.multiply(a, b, p, s);
      case DIVIDE -> DecimalDataUtils.divide(a, b, p, s);
      default -> DecimalDataUtils.mod(a, b, p, s);
    };
  }

  private static DataType result(Function function, DataType a, DataType b) {
    DecimalType type =
        switch (function) {
          case PLUS, MINUS ->
              LogicalTypeMerging.findAdditionDecimalType(
                  a.precision(), a.scale(), b.precision(), b.scale());
          case TIMES ->
              LogicalTypeMerging.findMultiplicationDecimalType(
                  a.precision(), a.scale(), b.precision(), b.scale());
          case DIVIDE ->
              LogicalTypeMerging.findDivisionDecimalType(
                  a.precision(), a.scale(), b.precision(), b.scale());
          default ->
              LogicalTypeMerging.findModuloDecimalType(
                  a.precision(), a.scale(), b.precision(), b.scale());
        };
    return DataType.decimal(type.getPrecision(), type.getScale());
  }

  @RepeatedTest(40)
  void roundingAndCastsAreThoseOfFlink(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    DataType from = type(random);
    DataType to = type(random);
    int digits = random.nextInt(24) - 4;
    DataType kept = rounded(from, digits);
    DataType whole = DataType.decimal(from.precision(), 0);
    FlinkOracle cast = new FlinkOracle(a -> Evaluation.cast(a[0], to), from);
    FlinkOracle round =
        new FlinkOracle(
            a -> call(Function.ROUND, kept, a[0], Evaluation.literal(digits, DataType.INT)), from);
    FlinkOracle truncate =
        new FlinkOracle(
            a -> call(Function.TRUNCATE, kept, a[0], Evaluation.literal(digits, DataType.INT)),
            from);
    FlinkOracle floor = new FlinkOracle(a -> call(Function.FLOOR, whole, a), from);
    FlinkOracle ceil = new FlinkOracle(a -> call(Function.CEIL, whole, a), from);
    FlinkOracle abs = new FlinkOracle(a -> call(Function.ABS, from, a), from);
    FlinkOracle negate = new FlinkOracle(a -> call(Function.NEGATE, from, a), from);
    FlinkOracle toLong = new FlinkOracle(a -> Evaluation.cast(a[0], DataType.BIGINT), from);
    FlinkOracle toInt = new FlinkOracle(a -> Evaluation.cast(a[0], DataType.INT), from);
    FlinkOracle toDouble = new FlinkOracle(a -> Evaluation.cast(a[0], DataType.DOUBLE), from);
    FlinkOracle toText = new FlinkOracle(a -> Evaluation.cast(a[0], DataType.STRING), from);
    for (int i = 0; i < ROWS; i++) {
      BigDecimal a = value(random, from);
      DecimalData d = a == null ? null : decimal(a, from);
      cast.check(() -> big(DecimalDataUtils.castToDecimal(d, to.precision(), to.scale())), a);
      round.check(() -> big(DecimalDataUtils.sround(d, digits)), a);
      truncate.check(() -> big(SqlFunctionUtils.struncate(d, digits)), a);
      floor.check(() -> fitted(DecimalDataUtils.floor(d), whole), a);
      ceil.check(() -> fitted(DecimalDataUtils.ceil(d), whole), a);
      abs.check(() -> big(DecimalDataUtils.abs(d)), a);
      negate.check(() -> big(DecimalDataUtils.negate(d)), a);
      toLong.check(() -> DecimalDataUtils.castToIntegral(d), a);
      toInt.check(() -> (int) DecimalDataUtils.castToIntegral(d), a);
      toDouble.check(() -> DecimalDataUtils.doubleValue(d), a);
      toText.check(() -> d.toString(), a);
    }
  }

  /** The type Flink gives the rounded value, which the plan declares. */
  private static DataType rounded(DataType from, int digits) {
    if (digits >= from.scale()) {
      return from;
    }
    int whole = 1 + from.precision() - from.scale();
    return digits < 0
        ? DataType.decimal(Math.min(38, whole), 0)
        : DataType.decimal(Math.min(38, whole + digits), digits);
  }

  private static BigDecimal fitted(DecimalData value, DataType type) {
    BigDecimal number = big(value);
    return number.precision() > type.precision() ? null : number;
  }

  @RepeatedTest(20)
  void comparisonIsByValue(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    DataType left = type(random);
    DataType right = type(random);
    FlinkOracle less = new FlinkOracle(a -> call(Function.LESS, DataType.BOOLEAN, a), left, right);
    FlinkOracle equal =
        new FlinkOracle(a -> call(Function.EQUALS, DataType.BOOLEAN, a), left, right);
    for (int i = 0; i < ROWS; i++) {
      BigDecimal a = value(random, left);
      BigDecimal b = i % 3 == 0 && a != null ? similar(a, right) : value(random, right);
      less.check(() -> DecimalDataUtils.compare(decimal(a, left), decimal(b, right)) < 0, a, b);
      equal.check(() -> DecimalDataUtils.compare(decimal(a, left), decimal(b, right)) == 0, a, b);
    }
  }

  private static BigDecimal similar(BigDecimal value, DataType type) {
    BigDecimal rounded = value.setScale(type.scale(), java.math.RoundingMode.DOWN);
    return rounded.precision() > type.precision() ? BigDecimal.ZERO : rounded;
  }

  @RepeatedTest(20)
  void doublesAndIntegersBecomeDecimalsAsInFlink(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    DataType to = type(random);
    int p = to.precision();
    int s = to.scale();
    FlinkOracle fromDouble = new FlinkOracle(a -> Evaluation.cast(a[0], to), DataType.DOUBLE);
    FlinkOracle fromLong = new FlinkOracle(a -> Evaluation.cast(a[0], to), DataType.BIGINT);
    for (int i = 0; i < ROWS; i++) {
      double d = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 5);
      long l = random.nextLong() >> random.nextInt(64);
      fromDouble.check(() -> big(DecimalDataUtils.castFrom(d, p, s)), d);
      fromLong.check(() -> big(DecimalDataUtils.castFrom(l, p, s)), l);
    }
  }

  private static DataType type(Random random) {
    int precision = 1 + random.nextInt(random.nextBoolean() ? 38 : 20);
    return DataType.decimal(precision, random.nextInt(precision + 1));
  }

  private static BigDecimal value(Random random, DataType type) {
    int kind = random.nextInt(12);
    if (kind == 0) {
      return null;
    }
    int digits = kind < 4 ? type.precision() : 1 + random.nextInt(type.precision());
    BigInteger bound = BigInteger.TEN.pow(digits);
    BigInteger unscaled =
        kind == 1
            ? bound.subtract(BigInteger.ONE)
            : kind == 2 ? BigInteger.ZERO : new BigInteger(digits * 4, random).mod(bound);
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
  }
}
