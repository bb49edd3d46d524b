// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.type.TypeRoot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * How a database column is read and written. A kind has one Java class, one of those named at
 * {@link dev.millrace.spi.row.RowValues}: values compare, and go through the journal, as they were
 * read.
 */
enum Kind {
  BOOLEAN(Types.BOOLEAN) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getBoolean(column);
    }
  },
  INT8(Types.TINYINT) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getByte(column);
    }
  },
  INT16(Types.SMALLINT) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getShort(column);
    }
  },
  INT32(Types.INTEGER) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getInt(column);
    }
  },
  INT64(Types.BIGINT) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getLong(column);
    }
  },
  FLOAT32(Types.REAL) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getFloat(column);
    }
  },
  FLOAT64(Types.DOUBLE) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getDouble(column);
    }
  },
  DECIMAL(Types.NUMERIC) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getBigDecimal(column);
    }
  },
  TEXT(Types.VARCHAR) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getString(column);
    }
  },
  /** A type of the database's own with a text form (UUID, JSON, enumerations …). */
  OTHER(Types.OTHER) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getString(column);
    }
  },
  /** Also H2's JSON, which takes text for a JSON string, and bytes for JSON. */
  BYTES(Types.VARBINARY) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getBytes(column);
    }
  },
  DATE(Types.DATE) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getObject(column, LocalDate.class);
    }
  },
  TIME(Types.TIME) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getObject(column, LocalTime.class);
    }
  },
  TIMESTAMP(Types.TIMESTAMP) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      return row.getObject(column, LocalDateTime.class);
    }
  },
  INSTANT(Types.TIMESTAMP_WITH_TIMEZONE) {
    @Override
    Object readNonNull(ResultSet row, int column) throws SQLException {
      OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
      return value == null ? null : value.toInstant();
    }
  };

  private final int jdbcType;

  Kind(int jdbcType) {
    this.jdbcType = jdbcType;
  }

  /** The value; anything if it is NULL. */
  abstract Object readNonNull(ResultSet row, int column) throws SQLException;

  Object read(ResultSet row, int column) throws SQLException {
    Object value = readNonNull(row, column);
    return row.wasNull() ? null : value;
  }

  void write(PreparedStatement statement, int parameter, Object value) throws SQLException {
    if (value == null) {
      statement.setNull(parameter, jdbcType);
    } else if (value instanceof Instant instant) {
      statement.setObject(parameter, instant.atOffset(ZoneOffset.UTC));
    } else if (this == OTHER) {
      statement.setObject(parameter, value, Types.OTHER);
    } else {
      statement.setObject(parameter, value);
    }
  }

  boolean isNumeric() {
    return switch (this) {
      case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, DECIMAL -> true;
      case BOOLEAN, TEXT, OTHER, BYTES, DATE, TIME, TIMESTAMP, INSTANT -> false;
    };
  }

  /** Whether a column of this kind can be declared as that type. */
  boolean serves(TypeRoot declared) {
    return switch (declared) {
      case BOOLEAN -> this == BOOLEAN;
      case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL -> isNumeric();
      case CHAR, VARCHAR -> this == TEXT || this == OTHER;
      case BINARY, VARBINARY -> this == BYTES;
      case DATE -> this == DATE;
      case TIME -> this == TIME;
      case TIMESTAMP -> this == TIMESTAMP;
      case TIMESTAMP_LTZ -> this == INSTANT;
      case MAP, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL -> false;
    };
  }

  /**
   * The value in this kind's class.
   *
   * @param value of a type this kind {@link #serves}
   * @throws ArithmeticException if a number does not fit
   */
  Object accept(Object value) {
    if (value == null || !isNumeric()) {
      return value;
    }
    Number number = (Number) value;
    return switch (this) {
      case INT8 -> exact(number).byteValueExact();
      case INT16 -> exact(number).shortValueExact();
      case INT32 -> exact(number).intValueExact();
      case INT64 -> exact(number).longValueExact();
      case FLOAT32 -> number.floatValue();
      case FLOAT64 -> number.doubleValue();
      case DECIMAL -> decimal(number);
      case BOOLEAN, TEXT, OTHER, BYTES, DATE, TIME, TIMESTAMP, INSTANT -> value;
    };
  }

  private static BigInteger exact(Number number) {
    return number instanceof BigDecimal || number instanceof Double || number instanceof Float
        ? decimal(number).toBigIntegerExact()
        : BigInteger.valueOf(number.longValue());
  }

  static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof Double || number instanceof Float) {
      double wide = number.doubleValue();
      if (Double.isNaN(wide) || Double.isInfinite(wide)) {
        throw new ArithmeticException(number + " is no decimal number");
      }
      return new BigDecimal(number.toString());
    }
    return BigDecimal.valueOf(number.longValue());
  }

  /** The sum of two values of this numeric kind; NULL counts as nothing. */
  Object sum(Object left, Object right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return switch (this) {
      case FLOAT32 -> (Float) left + (Float) right;
      case FLOAT64 -> (Double) left + (Double) right;
      default -> accept(decimal((Number) left).add(decimal((Number) right)));
    };
  }

  /** The negative of a value of this numeric kind, or null. */
  Object negated(Object value) {
    if (value == null) {
      return null;
    }
    return switch (this) {
      case FLOAT32 -> -(Float) value;
      case FLOAT64 -> -(Double) value;
      default -> accept(decimal((Number) value).negate());
    };
  }

  /**
   * The kind of a column as the driver describes it.
   *
   * @param jdbcType of {@link Types}
   * @param typeName the database's own name, which decides where drivers are vague
   */
  static Kind of(Dialect dialect, int jdbcType, String typeName) {
    Kind named =
        switch (typeName.toLowerCase(Locale.ROOT)) {
          case "timestamptz" -> INSTANT;
          case "timetz", "money", "bit", "uuid" -> OTHER;
          case "json" -> dialect == Dialect.H2 ? BYTES : OTHER;
          case "varchar", "text", "bpchar" -> TEXT;
          default -> null;
        };
    return named != null ? named : of(dialect, jdbcType);
  }

  private static Kind of(Dialect dialect, int jdbcType) {
    return switch (jdbcType) {
      case Types.BIT, Types.BOOLEAN -> BOOLEAN;
      case Types.TINYINT -> INT8;
      case Types.SMALLINT -> INT16;
      case Types.INTEGER -> INT32;
      case Types.BIGINT -> INT64;
      case Types.REAL -> FLOAT32;
      case Types.FLOAT, Types.DOUBLE -> FLOAT64;
      case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          // PostgreSQL tells enumerations as VARCHAR, but does not take a varchar for one.
          dialect == Dialect.POSTGRESQL ? OTHER : TEXT;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
      case Types.DATE -> DATE;
      case Types.TIME -> TIME;
      case Types.TIMESTAMP -> TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> INSTANT;
      default -> OTHER;
    };
  }

  /** Rounds as the databases do, so that a key is the one that will be stored. */
  static BigDecimal rounded(BigDecimal value, int scale) {
    return value.setScale(scale, RoundingMode.HALF_UP);
  }
}
