// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan.expression;

/**
 * The scalar functions, with Flink's meaning. Unless said otherwise a NULL argument gives NULL.
 * Arguments already have the types the function computes in: comparisons see two values of one
 * type, except that decimals may differ in precision and scale; arithmetic sees operands of their
 * own numeric types and yields the call's type.
 */
public enum Function {
  // arithmetic; PLUS and MINUS also take a date, time or timestamp and an interval, and two
  // intervals
  PLUS,
  MINUS,
  TIMES,
  DIVIDE,
  MOD,
  NEGATE,
  ABS,
  SIGN,
  /** One argument, or a date or timestamp and a {@link TimeUnit}. */
  CEIL,
  /** One argument, or a date or timestamp and a {@link TimeUnit}. */
  FLOOR,
  /** Value and optionally digits. */
  ROUND,
  TRUNCATE,
  SQRT,
  POWER,
  EXP,
  LN,
  LOG10,
  LOG2,
  /** One argument: natural; two: base and value. */
  LOG,
  SIN,
  COS,
  TAN,
  COT,
  ASIN,
  ACOS,
  ATAN,
  ATAN2,
  SINH,
  COSH,
  TANH,
  DEGREES,
  RADIANS,
  PI,
  E,
  RAND,
  RAND_INTEGER,
  BIN,
  HEX,
  UUID,
  // comparison
  EQUALS,
  NOT_EQUALS,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  /** Never NULL. */
  IS_NULL,
  IS_NOT_NULL,
  IS_TRUE,
  IS_NOT_TRUE,
  IS_FALSE,
  IS_NOT_FALSE,
  IS_DISTINCT_FROM,
  IS_NOT_DISTINCT_FROM,
  // logic, three-valued; AND and OR take two or more
  AND,
  OR,
  NOT,
  // conditional
  COALESCE,
  GREATEST,
  LEAST,
  // strings; positions count from 1 and code points
  /** Two or more; the {@code ||} operator and {@code CONCAT}. */
  CONCAT,
  /** Separator first; a NULL argument is skipped, a NULL separator gives NULL. */
  CONCAT_WS,
  UPPER,
  LOWER,
  CHAR_LENGTH,
  SUBSTRING,
  LEFT,
  RIGHT,
  /** First argument BOTH, LEADING or TRAILING as a literal, then characters, then the string. */
  TRIM,
  LTRIM,
  RTRIM,
  BTRIM,
  /** {@code POSITION(needle IN haystack)}. */
  POSITION,
  /** {@code LOCATE(needle, haystack[, from])}. */
  LOCATE,
  /** {@code INSTR(haystack, needle)}. */
  INSTR,
  REPLACE,
  OVERLAY,
  LPAD,
  RPAD,
  REPEAT,
  REVERSE,
  INITCAP,
  ASCII,
  CHR,
  SPLIT_INDEX,
  STARTSWITH,
  ENDSWITH,
  TRANSLATE,
  MD5,
  SHA1,
  SHA224,
  SHA256,
  SHA384,
  SHA512,
  TO_BASE64,
  FROM_BASE64,
  ENCODE,
  DECODE,
  /** Value, pattern and optionally an escape. */
  LIKE,
  SIMILAR_TO,
  REGEXP,
  REGEXP_REPLACE,
  REGEXP_EXTRACT,
  // maps
  /** {@code MAP[key, value, …]}: the keys and values one after the other. */
  MAP,
  /** The value of a key; NULL without it. */
  ITEM,
  /** How many entries a map has. */
  CARDINALITY,
  JSON_VALUE,
  JSON_EXISTS,
  IS_JSON,
  // time
  /** {@link TimeUnit}, then the value. */
  EXTRACT,
  /** {@link TimeUnit} of YEAR or MONTH etc., then count, then the date or timestamp. */
  TIMESTAMP_ADD,
  /** {@link TimeUnit}, start, end. */
  TIMESTAMP_DIFF,
  DATE_FORMAT,
  TO_DATE,
  TO_TIMESTAMP,
  /** Epoch number and precision, or a string and optionally a format and zone. */
  TO_TIMESTAMP_LTZ,
  UNIX_TIMESTAMP,
  FROM_UNIXTIME,
  CONVERT_TZ,
  CURRENT_DATE,
  CURRENT_TIME,
  LOCALTIME,
  LOCALTIMESTAMP,
  /** Also NOW and CURRENT_ROW_TIMESTAMP. */
  CURRENT_TIMESTAMP,
  PROCTIME;

  /** True if two calls with equal arguments may differ, or depend on when they run. */
  public boolean isVolatile() {
    return switch (this) {
      case RAND,
          RAND_INTEGER,
          UUID,
          CURRENT_DATE,
          CURRENT_TIME,
          LOCALTIME,
          LOCALTIMESTAMP,
          CURRENT_TIMESTAMP,
          PROCTIME,
          UNIX_TIMESTAMP ->
          true;
      default -> false;
    };
  }
}
