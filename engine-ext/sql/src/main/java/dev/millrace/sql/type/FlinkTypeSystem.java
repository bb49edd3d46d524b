// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.type;

import dev.millrace.spi.type.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Limits, defaults and derivation rules of Flink's types. The decimal rules are those of Flink's
 * {@code LogicalTypeMerging}, which follow SQL Server's.
 */
public final class FlinkTypeSystem extends RelDataTypeSystemImpl {
  public static final FlinkTypeSystem INSTANCE = new FlinkTypeSystem();

  private static final int MAX_DECIMAL = DataType.MAX_DECIMAL_PRECISION;
  private static final int DEFAULT_DECIMAL_PRECISION = 10;
  private static final int MAX_TIMESTAMP_IN_FLINK = 9;
  private static final int MIN_DIVISION_SCALE = 6;

  /** Flink averages decimals by dividing by a count of DECIMAL(20, 0). */
  private static final int COUNT_DIGITS = 20;

  private FlinkTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case DECIMAL -> MAX_DECIMAL;
      case CHAR, VARCHAR, BINARY, VARBINARY -> DataType.MAX_LENGTH;
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> MAX_TIMESTAMP_IN_FLINK;
      default -> super.getMaxPrecision(typeName);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? MAX_DECIMAL : super.getMaxScale(typeName);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case DECIMAL -> DEFAULT_DECIMAL_PRECISION;
      case VARCHAR, VARBINARY -> DataType.MAX_LENGTH;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DataType.MAX_TIMESTAMP_PRECISION;
      default -> super.getDefaultPrecision(typeName);
    };
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    return SqlTypeUtil.isDecimal(argument)
        ? decimal(factory, MAX_DECIMAL, argument.getScale(), argument.isNullable())
        : argument;
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
    if (!SqlTypeUtil.isDecimal(argument)) {
      return argument;
    }
    int[] digits = divided(MAX_DECIMAL, argument.getScale(), COUNT_DIGITS, 0);
    return decimal(factory, digits[0], digits[1], argument.isNullable());
  }

  @Override
  public RelDataType deriveDecimalPlusType(
      RelDataTypeFactory factory, RelDataType left, RelDataType right) {
    return derive(factory, left, right, FlinkTypeSystem::added);
  }

  @Override
  public RelDataType deriveDecimalMultiplyType(
      RelDataTypeFactory factory, RelDataType left, RelDataType right) {
    return derive(factory, left, right, FlinkTypeSystem::multiplied);
  }

  @Override
  public RelDataType deriveDecimalDivideType(
      RelDataTypeFactory factory, RelDataType left, RelDataType right) {
    return derive(factory, left, right, FlinkTypeSystem::divided);
  }

  @Override
  public RelDataType deriveDecimalModType(
      RelDataTypeFactory factory, RelDataType left, RelDataType right) {
    if (derives(left, right) && left.getScale() == 0 && right.getScale() == 0) {
      return right;
    }
    return derive(factory, left, right, FlinkTypeSystem::remaining);
  }

  /** Precision and scale of a result from those of both operands. */
  private interface DecimalRule {
    int[] apply(int leftPrecision, int leftScale, int rightPrecision, int rightScale);
  }

  private static boolean derives(RelDataType left, RelDataType right) {
    return SqlTypeUtil.isExactNumeric(left)
        && SqlTypeUtil.isExactNumeric(right)
        && (SqlTypeUtil.isDecimal(left) || SqlTypeUtil.isDecimal(right));
  }

  private static RelDataType derive(
      RelDataTypeFactory factory, RelDataType left, RelDataType right, DecimalRule rule) {
    if (!derives(left, right)) {
      return null;
    }
    int[] digits = rule.apply(digits(left), left.getScale(), digits(right), right.getScale());
    return decimal(factory, digits[0], digits[1], left.isNullable() || right.isNullable());
  }

  /** Of the decimal an exact number is taken for; Calcite gives a BIGINT all 38. */
  private static int digits(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      default -> type.getPrecision();
    };
  }

  private static int[] added(int p1, int s1, int p2, int s2) {
    int scale = Math.max(s1, s2);
    return adjust(Math.max(p1 - s1, p2 - s2) + scale + 1, scale);
  }

  private static int[] multiplied(int p1, int s1, int p2, int s2) {
    return adjust(p1 + p2 + 1, s1 + s2);
  }

  private static int[] divided(int p1, int s1, int p2, int s2) {
    int scale = Math.max(MIN_DIVISION_SCALE, s1 + p2 + 1);
    return adjust(p1 - s1 + s2 + scale, scale);
  }

  private static int[] remaining(int p1, int s1, int p2, int s2) {
    int scale = Math.max(s1, s2);
    return adjust(Math.min(p1 - s1, p2 - s2) + scale, scale);
  }

  /** Gives up digits after the point, down to six, before those in front of it. */
  private static int[] adjust(int precision, int scale) {
    if (precision <= MAX_DECIMAL) {
      return new int[] {precision, scale};
    }
    int whole = precision - scale;
    int kept = Math.max(MAX_DECIMAL - whole, Math.min(scale, MIN_DIVISION_SCALE));
    return new int[] {MAX_DECIMAL, kept};
  }

  private static RelDataType decimal(
      RelDataTypeFactory factory, int precision, int scale, boolean nullable) {
    return factory.createTypeWithNullability(
        factory.createSqlType(SqlTypeName.DECIMAL, precision, scale), nullable);
  }
}
