// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values as people write them, in JSON, as values of a column. */
final class PlainValues {
  private PlainValues() {}

  /**
   * @return of the class named at {@link dev.millrace.spi.row.RowValues}, or null
   * @throws RuntimeException if it does not fit
   */
  static Object fit(Object value, DataType type) {
    if (value == null) {
      return null;
    }
    String text = value.toString();
    return switch (type.root()) {
      case BOOLEAN -> value instanceof Boolean ? value : truth(text);
      case TINYINT -> number(text).byteValueExact();
      case SMALLINT -> number(text).shortValueExact();
      case INTEGER, INTERVAL_YEAR_MONTH -> number(text).intValueExact();
      case BIGINT, INTERVAL_DAY_TIME -> number(text).longValueExact();
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case DECIMAL -> number(text);
      case CHAR, VARCHAR -> text;
      case BINARY, VARBINARY -> value instanceof byte[] ? value : Base64.getDecoder().decode(text);
      case DATE -> value instanceof LocalDate ? value : LocalDate.parse(text);
      case TIME -> value instanceof LocalTime ? value : LocalTime.parse(text);
      case TIMESTAMP ->
          value instanceof LocalDateTime ? value : LocalDateTime.parse(text.replace(' ', 'T'));
      case TIMESTAMP_LTZ -> value instanceof Instant ? value : Instant.parse(text);
      case MAP -> entries((Map<?, ?>) value, type);
      case NULL -> null;
    };
  }

  private static Map<Object, Object> entries(Map<?, ?> map, DataType type) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    map.forEach((key, value) -> entries.put(fit(key, type.key()), fit(value, type.value())));
    return entries;
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text.strip());
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true", "TRUE" -> true;
      case "false", "FALSE" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
