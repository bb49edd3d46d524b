// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.type;

import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.Storage;
import dev.millrace.spi.type.TypeRoot;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calcite's types to the plan's and back. */
public final class Types {
  private Types() {}

  /**
   * @throws UnsupportedTypeException if the plan has no such type
   */
  public static DataType toPlan(RelDataType type) {
    DataType nullable =
        switch (type.getSqlTypeName()) {
          case BOOLEAN -> DataType.BOOLEAN;
          case TINYINT -> DataType.TINYINT;
          case SMALLINT -> DataType.SMALLINT;
          case INTEGER -> DataType.INT;
          case BIGINT -> DataType.BIGINT;
          case FLOAT, REAL -> DataType.FLOAT;
          case DOUBLE -> DataType.DOUBLE;
          case DECIMAL -> DataType.decimal(type.getPrecision(), type.getScale());
          case CHAR -> DataType.character(type.getPrecision());
          case VARCHAR -> DataType.varchar(type.getPrecision());
          case BINARY -> new DataType(TypeRoot.BINARY, type.getPrecision(), 0, true);
          case VARBINARY -> new DataType(TypeRoot.VARBINARY, type.getPrecision(), 0, true);
          case DATE -> DataType.DATE;
          case TIME -> new DataType(TypeRoot.TIME, fraction(type, "TIME", 3), 0, true);
          case TIMESTAMP ->
              DataType.timestamp(fraction(type, "TIMESTAMP", DataType.MAX_TIMESTAMP_PRECISION));
          case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
              DataType.timestampLtz(
                  fraction(type, "TIMESTAMP_LTZ", DataType.MAX_TIMESTAMP_PRECISION));
          case NULL -> new DataType(TypeRoot.NULL, 0, 0, true);
          case MAP -> map(type);
          default -> interval(type);
        };
    return nullable.withNullable(type.isNullable());
  }

  private static DataType map(RelDataType type) {
    DataType map = DataType.map(toPlan(type.getKeyType()), toPlan(type.getValueType()));
    for (DataType part : map.parts()) {
      boolean held =
          switch (part.root()) {
            case NULL, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> false;
            default -> part.storage() != Storage.WIDE_DECIMAL;
          };
      if (!held) {
        throw new UnsupportedTypeException("type " + map + ", a map of " + part + ",");
      }
    }
    return map;
  }

  private static DataType interval(RelDataType type) {
    if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName())) {
      return new DataType(TypeRoot.INTERVAL_YEAR_MONTH, 0, 0, true);
    }
    if (SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName())) {
      return new DataType(TypeRoot.INTERVAL_DAY_TIME, 0, 0, true);
    }
    throw new UnsupportedTypeException("type " + type.getSqlTypeName());
  }

  private static int fraction(RelDataType type, String name, int max) {
    if (type.getPrecision() > max) {
      throw new UnsupportedTypeException(
          "%s(%d), more than %d fractional digits,".formatted(name, type.getPrecision(), max));
    }
    return type.getPrecision();
  }

  public static RowType toRow(RelDataType struct) {
    return new RowType(
        struct.getFieldList().stream()
            .map(field -> new Column(field.getName(), toPlan(field.getType())))
            .toList());
  }

  public static RelDataType toRel(DataType type, RelDataTypeFactory factory) {
    RelDataType nullable =
        switch (type.root()) {
          case DECIMAL ->
              factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
          case CHAR -> factory.createSqlType(SqlTypeName.CHAR, type.precision());
          case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR, type.precision());
          case BINARY -> factory.createSqlType(SqlTypeName.BINARY, type.precision());
          case VARBINARY -> factory.createSqlType(SqlTypeName.VARBINARY, type.precision());
          case TIME -> factory.createSqlType(SqlTypeName.TIME, type.precision());
          case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, type.precision());
          case TIMESTAMP_LTZ ->
              factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, type.precision());
          case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
          case BOOLEAN, TINYINT, SMALLINT, BIGINT, FLOAT, DOUBLE, DATE, NULL ->
              factory.createSqlType(SqlTypeName.valueOf(type.root().name()));
          case MAP ->
              factory.createMapType(toRel(type.key(), factory), toRel(type.value(), factory));
          case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
              throw new UnsupportedTypeException("a column of type " + type);
        };
    return factory.createTypeWithNullability(nullable, type.nullable());
  }

  public static RelDataType toRel(RowType row, RelDataTypeFactory factory) {
    List<RelDataType> types =
        row.columns().stream().map(column -> toRel(column.type(), factory)).toList();
    return factory.createStructType(types, row.names());
  }

  /** The column names of a struct type. */
  public static List<String> names(RelDataType struct) {
    return struct.getFieldList().stream().map(RelDataTypeField::getName).toList();
  }
}
