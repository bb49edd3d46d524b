// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression.Literal;
import dev.millrace.spi.type.DataType;
import dev.millrace.sql.type.Types;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Calcite's constants as the plan's. */
final class Literals {
  private Literals() {}

  static Literal convert(RexLiteral literal) {
    if (literal.getType().getSqlTypeName() == SqlTypeName.SYMBOL) {
      String name = String.valueOf(literal.getValue());
      return new Literal(name, DataType.character(name.length()).notNull());
    }
    DataType type = Types.toPlan(literal.getType());
    if (literal.isNull()) {
      return new Literal(null, type.withNullable(true));
    }
    return new Literal(value(literal, type), type.notNull());
  }

  private static Object value(RexLiteral literal, DataType type) {
    return switch (type.root()) {
      case BOOLEAN -> RexLiteral.booleanValue(literal);
      case TINYINT -> decimal(literal).byteValueExact();
      case SMALLINT -> decimal(literal).shortValueExact();
      case INTEGER -> decimal(literal).intValueExact();
      case BIGINT -> decimal(literal).longValueExact();
      case FLOAT -> literal.getValueAs(Double.class).floatValue();
      case DOUBLE -> literal.getValueAs(Double.class);
      case DECIMAL -> decimal(literal).setScale(type.scale());
      case CHAR, VARCHAR -> literal.getValueAs(String.class);
      case BINARY, VARBINARY -> literal.getValueAs(ByteString.class).getBytes();
      case DATE -> LocalDate.parse(literal.getValueAs(DateString.class).toString());
      case TIME -> LocalTime.parse(literal.getValueAs(TimeString.class).toString());
      case TIMESTAMP -> timestamp(literal);
      case INTERVAL_YEAR_MONTH -> decimal(literal).intValueExact();
      case INTERVAL_DAY_TIME -> decimal(literal).longValueExact();
      case TIMESTAMP_LTZ, MAP, NULL -> throw new Unplannable("a literal of type " + type);
    };
  }

  private static LocalDateTime timestamp(RexLiteral literal) {
    return LocalDateTime.parse(
        literal.getValueAs(TimestampString.class).toString().replace(' ', 'T'));
  }

  private static BigDecimal decimal(RexLiteral literal) {
    return literal.getValueAs(BigDecimal.class);
  }
}
