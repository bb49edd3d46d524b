// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import static dev.millrace.codegen.expression.Evaluation.call;
import static dev.millrace.codegen.expression.Evaluation.literal;
import static dev.millrace.codegen.expression.FlinkOracle.big;
import static dev.millrace.codegen.expression.FlinkOracle.string;
import static dev.millrace.codegen.expression.FlinkOracle.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import java.util.Random;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.data.binary.BinaryStringDataUtil;
import org.apache.flink.table.functions.SqlLikeUtils;
import org.apache.flink.table.runtime.functions.SqlFunctionUtils;
import org.junit.jupiter.api.Test;

class TextAsFlinkTest {
  private static final DataType STRING = DataType.STRING;
  private static final DataType INT = DataType.INT;
  private static final int ROWS = 3000;

  @Test
  void textsAreCastToNumbersAsInFlink() {
    Random random = new Random(1);
    DataType compact = DataType.decimal(10, 2);
    DataType wide = DataType.decimal(30, 5);
    FlinkOracle toByte = cast(DataType.TINYINT);
    FlinkOracle toShort = cast(DataType.SMALLINT);
    FlinkOracle toInt = cast(INT);
    FlinkOracle toLong = cast(DataType.BIGINT);
    FlinkOracle toDouble = cast(DataType.DOUBLE);
    FlinkOracle toFloat = cast(DataType.FLOAT);
    FlinkOracle toBoolean = cast(DataType.BOOLEAN);
    FlinkOracle toWide = cast(wide);
    FlinkOracle toCompact = cast(compact);
    for (int i = 0; i < ROWS; i++) {
      String s = i % 10 == 0 ? edge(random) : random(random, "0123456789.-+ eET", 12);
      BinaryStringData b = text(s);
      toByte.check(() -> BinaryStringDataUtil.toByte(b.trim()), s);
      toShort.check(() -> BinaryStringDataUtil.toShort(b.trim()), s);
      toInt.check(() -> BinaryStringDataUtil.toInt(b.trim()), s);
      toLong.check(() -> BinaryStringDataUtil.toLong(b.trim()), s);
      toDouble.check(() -> BinaryStringDataUtil.toDouble(b.trim()), s);
      toFloat.check(() -> BinaryStringDataUtil.toFloat(b.trim()), s);
      toBoolean.check(() -> BinaryStringDataUtil.toBoolean(b), s);
      if (s.matches("(?s).*[eE].?\\d{4}.*")) {
        continue; // Flink takes seconds and gigabytes
      }
      toWide.check(() -> big(BinaryStringDataUtil.toDecimal(b, 30, 5)), s);
    }
    String[] decimals = {"1", "-1.5", " 2.345 ", "1e3", "-0.005", "99999999.994", "+7", "ab", ""};
    for (String s : decimals) {
      toCompact.check(() -> big(BinaryStringDataUtil.toDecimal(text(s), 10, 2)), s);
    }
    assertThat(toLong.computed()).isGreaterThan(100);
    assertThat(toWide.computed()).isGreaterThan(100);
    assertThat(toCompact.computed()).isEqualTo(7);
  }

  private static FlinkOracle cast(DataType type) {
    return new FlinkOracle(a -> Evaluation.cast(a[0], type), STRING);
  }

  private static String edge(Random random) {
    String[] edges = {
      "",
      " ",
      "-",
      "+",
      ".",
      "-.",
      "127",
      "128",
      "-128",
      "-129",
      "32767",
      "32768",
      "2147483647",
      "2147483648",
      "-2147483648",
      "-2147483649",
      "9223372036854775807",
      "9223372036854775808",
      "-9223372036854775808",
      "-9223372036854775809",
      "-09223372036854775808.9",
      " 12 ",
      "12.",
      ".5",
      "1.5x",
      "NaN",
      "Infinity",
      "-0.0",
      "1e400",
      "true",
      "TRUE",
      "f",
      "No",
      "y",
      "1",
      "0",
      "0x10"
    };
    return edges[random.nextInt(edges.length)];
  }

  @Test
  void lenientCastGivesNullForWhatIsNoNumber() {
    for (DataType type :
        new DataType[] {
          INT,
          DataType.BIGINT,
          DataType.DOUBLE,
          DataType.BOOLEAN,
          DataType.decimal(5, 2),
          DataType.DATE,
          DataType.TIME,
          DataType.timestamp(3)
        }) {
      assertThat(Evaluation.constant(Evaluation.tryCast(literal("nonsense", STRING), type)))
          .as(type.toString())
          .isNull();
    }
    assertThat(
            Evaluation.constant(
                Evaluation.tryCast(literal("-9223372036854775808", STRING), DataType.BIGINT)))
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void stringFunctionsAreThoseOfFlink() {
    Random random = new Random(2);
    FlinkOracle substring = of(Function.SUBSTRING, STRING, STRING, INT, INT);
    FlinkOracle position = of(Function.POSITION, INT, STRING, STRING);
    FlinkOracle locate = of(Function.LOCATE, INT, STRING, STRING, INT);
    FlinkOracle instr = of(Function.INSTR, INT, STRING, STRING);
    FlinkOracle left = of(Function.LEFT, STRING, STRING, INT);
    FlinkOracle reverse = of(Function.REVERSE, STRING, STRING);
    FlinkOracle upper = of(Function.UPPER, STRING, STRING);
    FlinkOracle lower = of(Function.LOWER, STRING, STRING);
    FlinkOracle length = of(Function.CHAR_LENGTH, INT, STRING);
    FlinkOracle initcap = of(Function.INITCAP, STRING, STRING);
    FlinkOracle leftTrim = of(Function.LTRIM, STRING, STRING, STRING);
    FlinkOracle rightTrim = of(Function.RTRIM, STRING, STRING, STRING);
    FlinkOracle bothTrim = of(Function.BTRIM, STRING, STRING, STRING);
    FlinkOracle plainTrim = of(Function.BTRIM, STRING, STRING);
    FlinkOracle compare = of(Function.LESS, DataType.BOOLEAN, STRING, STRING);
    FlinkOracle concatWs = of(Function.CONCAT_WS, STRING, STRING, STRING, STRING);
    FlinkOracle ascii = of(Function.ASCII, INT, STRING);
    for (int i = 0; i < ROWS; i++) {
      String s = random(random, "aAbB  zß€😀\u00e9", 8);
      String t = random(random, "aAbB  ß😀", 2);
      int n = random.nextInt(14) - 4;
      int m = random.nextInt(12) - 2;
      BinaryStringData b = text(s);
      BinaryStringData c = text(t);
      substring.check(() -> string(BinaryStringDataUtil.substringSQL(b, n, m)), s, n, m);
      position.check(() -> SqlFunctionUtils.position(c, b), t, s);
      locate.check(() -> SqlFunctionUtils.position(c, b, n), t, s, n);
      instr.check(() -> SqlFunctionUtils.instr(b, c, 1, 1), s, t);
      left.check(() -> n <= 0 ? "" : string(BinaryStringDataUtil.substringSQL(b, 1, n)), s, n);
      reverse.check(() -> string(BinaryStringDataUtil.reverse(text(s))), s);
      upper.check(() -> string(text(s).toUpperCase()), s);
      lower.check(() -> string(text(s).toLowerCase()), s);
      length.check(() -> text(s).numChars(), s);
      initcap.check(() -> SqlFunctionUtils.initcap(s), s);
      leftTrim.check(() -> string(BinaryStringDataUtil.trimLeft(b, c)), s, t);
      rightTrim.check(() -> string(BinaryStringDataUtil.trimRight(b, c)), s, t);
      bothTrim.check(() -> string(BinaryStringDataUtil.trim(b, c)), s, t);
      plainTrim.check(() -> string(BinaryStringDataUtil.trim(b, text(" "))), s);
      compare.check(() -> b.compareTo(c) < 0, s, t);
      concatWs.check(() -> string(BinaryStringDataUtil.concatWs(c, b, c)), t, s, t);
      ascii.check(() -> b.getSizeInBytes() <= 0 ? 0 : (int) b.byteAt(0), s);
    }
    assertThat(substring.computed()).isGreaterThan(ROWS / 2);
  }

  @Test
  void paddedAndSplitStringsAreThoseOfFlink() {
    Random random = new Random(3);
    FlinkOracle lpad = of(Function.LPAD, STRING, STRING, INT, STRING);
    FlinkOracle rpad = of(Function.RPAD, STRING, STRING, INT, STRING);
    FlinkOracle repeat = of(Function.REPEAT, STRING, STRING, INT);
    FlinkOracle split = of(Function.SPLIT_INDEX, STRING, STRING, STRING, INT);
    FlinkOracle splitByCode = of(Function.SPLIT_INDEX, STRING, STRING, INT, INT);
    FlinkOracle overlay = of(Function.OVERLAY, STRING, STRING, STRING, INT, INT);
    FlinkOracle replace = of(Function.REPLACE, STRING, STRING, STRING, STRING);
    FlinkOracle chr = of(Function.CHR, STRING, DataType.BIGINT);
    FlinkOracle hexText = of(Function.HEX, STRING, STRING);
    FlinkOracle hex = of(Function.HEX, STRING, DataType.BIGINT);
    FlinkOracle base64 = of(Function.TO_BASE64, STRING, STRING);
    FlinkOracle decoded = of(Function.FROM_BASE64, STRING, STRING);
    FlinkOracle md5 = of(Function.MD5, STRING, STRING);
    FlinkOracle sha1 = of(Function.SHA1, STRING, STRING);
    FlinkOracle sha512 = of(Function.SHA512, STRING, STRING);
    for (int i = 0; i < ROWS; i++) {
      String s = random(random, "abc,; ", 10);
      String t = random(random, "a,;", 2);
      int n = random.nextInt(16) - 3;
      int m = random.nextInt(6) - 1;
      long l = random.nextLong() >> random.nextInt(64);
      lpad.check(() -> SqlFunctionUtils.lpad(s, n, t), s, n, t);
      rpad.check(() -> SqlFunctionUtils.rpad(s, n, t), s, n, t);
      repeat.check(() -> SqlFunctionUtils.repeat(s, m), s, m);
      split.check(() -> SqlFunctionUtils.splitIndex(s, t, m), s, t, m);
      splitByCode.check(() -> SqlFunctionUtils.splitIndex(s, 44, m), s, 44, m);
      overlay.check(() -> SqlFunctionUtils.overlay(s, t, n, m), s, t, n, m);
      replace.check(() -> SqlFunctionUtils.replace(s, t, "x"), s, t, "x");
      chr.check(() -> SqlFunctionUtils.chr(l), l);
      hex.check(() -> SqlFunctionUtils.hex(l), l);
      hexText.check(() -> SqlFunctionUtils.hex(s), s);
      base64.check(() -> SqlFunctionUtils.toBase64(text(s)), s);
      decoded.check(() -> string(SqlFunctionUtils.fromBase64(text(t))), t);
      md5.check(() -> SqlFunctionUtils.hash("MD5", s), s);
      sha1.check(() -> SqlFunctionUtils.hash("SHA", s), s);
      sha512.check(() -> SqlFunctionUtils.hash("SHA-512", s), s);
    }
    assertThat(split.computed()).isGreaterThan(100);
  }

  @Test
  void likeAndSimilarAreThoseOfFlink() {
    Random random = new Random(4);
    FlinkOracle like = of(Function.LIKE, DataType.BOOLEAN, STRING, STRING);
    FlinkOracle escaped = of(Function.LIKE, DataType.BOOLEAN, STRING, STRING, STRING);
    FlinkOracle similar = of(Function.SIMILAR_TO, DataType.BOOLEAN, STRING, STRING);
    int matches = 0;
    for (int i = 0; i < ROWS; i++) {
      String s = random(random, "aab.😀\n", 7);
      String p = random(random, "aab.%%_😀", 5);
      String e = random(random, "aa%_!!", 5);
      String r = random(random, "aab.%_|*+()[]?-", 6);
      like.check(() -> SqlLikeUtils.like(s, p), s, p);
      escaped.check(() -> SqlLikeUtils.like(s, e, "!"), s, e, "!");
      similar.check(() -> SqlLikeUtils.similar(s, r), s, r);
      matches += SqlLikeUtils.like(s, p) ? 1 : 0;
      Expression constant =
          call(Function.LIKE, DataType.BOOLEAN, literal(s, STRING), literal(p, STRING));
      if (i % 30 == 0) {
        assertThat(Evaluation.constant(constant)).isEqualTo(SqlLikeUtils.like(s, p));
      }
    }
    assertThat(matches).isGreaterThan(50);
  }

  @Test
  void regularExpressionsAreThoseOfFlink() {
    Random random = new Random(5);
    FlinkOracle find = of(Function.REGEXP, DataType.BOOLEAN, STRING, STRING);
    FlinkOracle extract = of(Function.REGEXP_EXTRACT, STRING, STRING, STRING, INT);
    FlinkOracle replace = of(Function.REGEXP_REPLACE, STRING, STRING, STRING, STRING);
    String[] parts = {
      "a",
      "b",
      ".",
      "\\d",
      "\\w",
      "\\s",
      "(a|b)",
      "(ab)",
      "[ab]",
      "[^a]",
      "^",
      "$",
      "*",
      "+",
      "?",
      "\\b",
      "(?i)",
      "[a-c&&b]",
      "\\p{Alpha}",
      "{2}",
      "a*+",
      "|"
    };
    for (int i = 0; i < ROWS; i++) {
      String s = random(random, "aabB1 \n\ré", 8);
      StringBuilder regex = new StringBuilder();
      for (int k = random.nextInt(5); k >= 0; k--) {
        regex.append(parts[random.nextInt(parts.length)]);
      }
      String r = regex.toString();
      int group = random.nextInt(3);
      find.check(() -> SqlFunctionUtils.regExp(s, r), s, r);
      extract.check(() -> SqlFunctionUtils.regexpExtract(s, r, group), s, r, group);
      replace.check(() -> SqlFunctionUtils.regexpReplace(s, r, "$x"), s, r, "$x");
    }
    assertThat(extract.computed()).isGreaterThan(300);
  }

  @Test
  void charactersAreCutAndPadded() {
    FlinkOracle toChar = new FlinkOracle(a -> Evaluation.cast(a[0], DataType.character(3)), STRING);
    FlinkOracle toVarchar =
        new FlinkOracle(a -> Evaluation.cast(a[0], DataType.varchar(3)), STRING);
    toChar.check(() -> "a😀 ", "a😀");
    toChar.check(() -> "a😀c", "a😀cd");
    toVarchar.check(() -> "a😀", "a😀");
    toVarchar.check(() -> "a😀c", "a😀cd");
  }

  private static FlinkOracle of(Function function, DataType result, DataType... types) {
    return new FlinkOracle(a -> call(function, result, a), types);
  }

  private static String random(Random random, String alphabet, int maxLength) {
    int[] points = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }
}
