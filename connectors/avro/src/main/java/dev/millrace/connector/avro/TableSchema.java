// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The schema of a table's rows and how each column lies in it. Immutable.
 *
 * @param columns in the order of the table and of the schema's fields
 */
record TableSchema(Schema schema, List<AvroColumn> columns) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int MILLIS_PRECISION = 3;

  /**
   * As Flink's {@code AvroSchemaConverter} derives it.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, if a column has no type there
   */
  static TableSchema of(RowType table, Dialect dialect) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Column column : table.columns()) {
      if (!NAME.matcher(column.name()).matches()) {
        throw AvroErrors.badName(dialect, column);
      }
      Schema type = schemaOf(column, dialect);
      fields.add(
          column.type().nullable()
              ? new Schema.Field(
                  column.name(),
                  Schema.createUnion(Schema.create(Schema.Type.NULL), type),
                  null,
                  Schema.Field.NULL_DEFAULT_VALUE)
              : new Schema.Field(column.name(), type));
    }
    return of(
        table,
        Schema.createRecord("record", null, "org.apache.flink.avro.generated", false, fields));
  }

  /**
   * A schema that was given, if it says just what the table says.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL otherwise
   */
  static TableSchema given(RowType table, Schema schema) {
    List<String> found = GivenTypes.of(schema);
    List<String> expected =
        table.columns().stream().map(column -> column.name() + " " + column.type()).toList();
    if (!found.equals(expected)) {
      throw AvroErrors.schemaDiffers(found, expected);
    }
    return of(table, schema);
  }

  private static TableSchema of(RowType table, Schema schema) {
    List<AvroColumn> columns = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      columns.add(AvroColumn.of(i, table.columns().get(i), schema.getFields().get(i).schema()));
    }
    return new TableSchema(schema, List.copyOf(columns));
  }

  private static Schema schemaOf(Column column, Dialect dialect) {
    DataType type = column.type();
    return switch (type.root()) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case TINYINT, SMALLINT, INTEGER -> Schema.create(Schema.Type.INT);
      case BIGINT -> Schema.create(Schema.Type.LONG);
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case CHAR, VARCHAR -> Schema.create(Schema.Type.STRING);
      case BINARY, VARBINARY -> Schema.create(Schema.Type.BYTES);
      case DECIMAL ->
          LogicalTypes.decimal(type.precision(), type.scale())
              .addToSchema(Schema.create(Schema.Type.BYTES));
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case TIME -> {
        if (type.precision() > MILLIS_PRECISION) {
          throw AvroErrors.unsupportedType(dialect, column, "its precision can be 3 at most");
        }
        yield LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
      }
      case TIMESTAMP -> timestamp(timestampType(column, dialect));
      case TIMESTAMP_LTZ -> timestamp(instantType(column, dialect));
      case MAP -> throw AvroErrors.unsupportedType(dialect, column, "maps are not read or written");
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL ->
          throw AvroErrors.unsupportedType(dialect, column, "Avro has no such type");
    };
  }

  private static LogicalType timestampType(Column column, Dialect dialect) {
    boolean millis = column.type().precision() <= MILLIS_PRECISION;
    if (dialect == Dialect.AVRO_EXACT) {
      return millis ? LogicalTypes.localTimestampMillis() : LogicalTypes.localTimestampMicros();
    }
    if (!millis) {
      throw AvroErrors.microseconds(dialect, column);
    }
    return LogicalTypes.timestampMillis();
  }

  private static LogicalType instantType(Column column, Dialect dialect) {
    if (dialect != Dialect.AVRO_EXACT) {
      throw AvroErrors.instant(dialect, column);
    }
    return column.type().precision() <= MILLIS_PRECISION
        ? LogicalTypes.timestampMillis()
        : LogicalTypes.timestampMicros();
  }

  private static Schema timestamp(LogicalType type) {
    return type.addToSchema(Schema.create(Schema.Type.LONG));
  }
}
