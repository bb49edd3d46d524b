// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.runtime.aggregate.OrderedValues.Order;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.Storage;

/** MIN and MAX of rows that are never taken back: the value, and a word that says it is there. */
final class ExtremeCode implements AggregateCode {
  private final boolean largest;
  private final DataType type;
  private final KeptValue kept;

  ExtremeCode(boolean largest, DataType type, RecordLayout layout) {
    this.largest = largest;
    this.type = type;
    kept = new KeptValue(type, layout);
  }

  /** How values of a type compare. */
  static Order order(DataType type) {
    return switch (type.root()) {
      case FLOAT -> Order.FLOATS;
      case DOUBLE -> Order.DOUBLES;
      case CHAR, VARCHAR -> Order.STRINGS;
      case BINARY, VARBINARY -> Order.BYTES;
      case DECIMAL -> type.storage() == Storage.WORD ? Order.WORDS : Order.DECIMALS;
      default -> Order.WORDS;
    };
  }

  /** Whether {@code v}, {@code x} is more extreme than what is kept. */
  private String beats(String v, String x) {
    String sign = largest ? " > " : " < ";
    String mine = kept.word("w");
    return switch (order(type)) {
      case WORDS -> v + sign + mine;
      case FLOATS ->
          "Float.intBitsToFloat((int) %s)%sFloat.intBitsToFloat((int) %s)".formatted(v, sign, mine);
      case DOUBLES ->
          "Double.longBitsToDouble(%s)%sDouble.longBitsToDouble(%s)".formatted(v, sign, mine);
      case STRINGS ->
          "Strings.compare((String) %s, (String) %s)%s0".formatted(x, kept.ref("r"), sign);
      case BYTES ->
          "Binaries.compare((byte[]) %s, (byte[]) %s)%s0".formatted(x, kept.ref("r"), sign);
      case DECIMALS ->
          "Decimals.compare(%1$s, (BigDecimal) %2$s, %3$d, %4$s, (BigDecimal) %5$s, %3$d)%6$s0"
              .formatted(v, x, type.scale(), mine, kept.ref("r"), sign);
    };
  }

  @Override
  public String add() {
    return "    if (%s || %s) {\n%s    }\n"
        .formatted(kept.isAbsent("w"), beats("v", "x"), kept.keep("v", "x"));
  }

  @Override
  public String subtract() {
    throw new IllegalStateException("rows are never taken back");
  }

  @Override
  public String merge() {
    return "    if (!(%s)) {\n      final long v = %s;\n      final Object x = %s;\n%s    }\n"
        .formatted(kept.isAbsentFrom(), kept.wordFrom(), kept.refFrom(), add().indent(2));
  }

  @Override
  public String result(ResultCell cell) {
    return kept.result(cell);
  }
}
