// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.type.DataType;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The columns a schema stands for, as Flink's {@code AvroSchemaConverter.convertToDataType} has
 * them; a field no column can hold is told as Avro names it.
 */
final class GivenTypes {
  private GivenTypes() {}

  /**
   * {@code id BIGINT NOT NULL}, one for each field.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, if one is a union of one type:
   *     its values would have to be written with a branch, though there is no choice
   */
  static List<String> of(Schema record) {
    return record.getFields().stream().map(field -> field.name() + " " + type(field)).toList();
  }

  private static String type(Schema.Field field) {
    Schema schema = field.schema();
    if (schema.getType() != Schema.Type.UNION) {
      return name(schema, false);
    }
    List<Schema> branches = schema.getTypes();
    if (branches.size() == 1) {
      throw AvroErrors.badSchemaOption(
          "cannot be used: field '%s' is a union of the one type %s; say the type alone"
              .formatted(field.name(), branches.get(0)),
          null);
    }
    return branches.size() == 2 && schema.isNullable()
        ? name(branches.get(branches.get(0).getType() == Schema.Type.NULL ? 1 : 0), true)
        : schema.toString();
  }

  private static String name(Schema schema, boolean nullable) {
    DataType type = dataType(schema);
    return type == null ? schema.getType().getName() : type.withNullable(nullable).toString();
  }

  /** Null if there is none. */
  private static DataType dataType(Schema schema) {
    return switch (schema.getType()) {
      case BOOLEAN -> DataType.BOOLEAN;
      case INT ->
          schema.getLogicalType() == LogicalTypes.date()
              ? DataType.DATE
              : schema.getLogicalType() == LogicalTypes.timeMillis()
                  ? new DataType(DataType.TIME.root(), 3, 0, true)
                  : DataType.INT;
      case LONG ->
          schema.getLogicalType() == LogicalTypes.timestampMillis()
              ? DataType.timestamp(3)
              : schema.getLogicalType() == LogicalTypes.timestampMicros()
                  ? DataType.timestamp(6)
                  : schema.getLogicalType() == LogicalTypes.timeMicros() ? null : DataType.BIGINT;
      case FLOAT -> DataType.FLOAT;
      case DOUBLE -> DataType.DOUBLE;
      case STRING, ENUM -> DataType.STRING;
      case BYTES, FIXED -> bytes(schema);
      case RECORD, ARRAY, MAP, UNION, NULL -> null;
    };
  }

  private static DataType bytes(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return DataType.decimal(decimal.getPrecision(), decimal.getScale());
    }
    return schema.getType() == Schema.Type.BYTES
        ? DataType.BYTES
        : new DataType(DataType.BYTES.root(), schema.getFixedSize(), 0, true);
  }
}
