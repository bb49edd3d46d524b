// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.spi.type.DataType;

/**
 * Casts of maps, entry by entry: to maps of other types, NULL where a lenient cast of an entry
 * fails, and to text as {@code {a=1, b=NULL}}.
 */
final class MapCasts {
  private MapCasts() {}

  static Value convert(Value map, DataType type, boolean lenient, Emitter to) {
    if (isHeldAs(map.type(), type)) {
      return map.as(type);
    }
    Value result = to.declare(type);
    String cells = open(map, to);
    String builder = MapRules.builder(to);
    String bad = to.fresh("n");
    to.line("boolean " + bad + " = false;");
    openEntries(map, to);
    for (int part = 0; part < 2; part++) {
      Value cell = next(cells, map.type().parts().get(part), to);
      Value converted = CastRules.convert(cell, type.parts().get(part), lenient, to);
      to.line(builder + MapRules.added(converted) + ";");
      if (lenient) {
        to.line(bad + " |= " + converted.isNull() + " && !" + cell.isNull() + ";");
      }
    }
    to.close();
    to.line(result.word() + " = " + bad + " ? null : " + builder + ".toBytes();");
    to.close();
    return map.neverNull() && !lenient ? Value.reference(type, result.word(), true) : result;
  }

  /** Whether cells of both types are the same bytes. */
  private static boolean isHeldAs(DataType from, DataType type) {
    if (from.withNullable(true).equals(type.withNullable(true))) {
      return true;
    }
    return switch (type.root()) {
      case VARCHAR -> from.root().isCharacter() && from.precision() <= type.precision();
      case VARBINARY -> from.root().isBytes() && from.precision() <= type.precision();
      case SMALLINT, INTEGER, BIGINT ->
          from.root().isInteger() && from.root().compareTo(type.root()) <= 0;
      case MAP ->
          from.root() == type.root()
              && isHeldAs(from.key(), type.key())
              && isHeldAs(from.value(), type.value());
      default -> false;
    };
  }

  /** The text of a map. */
  static Value print(Value map, Emitter to) {
    Value result = to.declare(DataType.STRING);
    String cells = open(map, to);
    String text = to.fresh("b");
    to.line("final StringBuilder " + text + " = new StringBuilder(\"{\");");
    openEntries(map, to);
    to.line(text + ".append(" + text + ".length() > 1 ? \", \" : \"\");");
    append(text, next(cells, map.type().key(), to), to);
    to.line(text + ".append('=');");
    append(text, next(cells, map.type().value(), to), to);
    to.close();
    to.line(result.word() + " = " + text + ".append('}').toString();");
    to.close();
    return map.neverNull() ? Value.reference(DataType.STRING, result.word(), true) : result;
  }

  private static void append(String text, Value cell, Emitter to) {
    Value printed = TextCasts.toText(cell, DataType.STRING, to);
    to.line(
        "%1$s.append(%2$s ? \"NULL\" : %3$s);".formatted(text, printed.isNull(), printed.word()));
  }

  /** Opens a block for a map that is not NULL; gives the local its cells are read from. */
  private static String open(Value map, Emitter to) {
    to.open("if (" + (map.neverNull() ? "true" : "!" + map.isNull()) + ")");
    String cells = to.fresh("c");
    to.line(
        "final %1$s.Cells %2$s = new %1$s.Cells(%3$s);"
            .formatted(MapRules.PACKED, cells, map.word()));
    return cells;
  }

  private static void openEntries(Value map, Emitter to) {
    String left = to.fresh("i");
    to.open(
        "for (int %1$s = %2$s.size(%3$s); %1$s > 0; %1$s--)"
            .formatted(left, MapRules.PACKED, map.word()));
  }

  private static Value next(String cells, DataType type, Emitter to) {
    to.line(cells + ".next();");
    JavaType java = JavaType.of(type);
    String cell = cells + "." + MapRules.reader(java) + "()";
    if (java == JavaType.STRING || java == JavaType.BYTES) {
      return to.local(type, cell, type.nullable() ? Value.ALWAYS : Value.NEVER);
    }
    String word = to.fresh("t");
    to.line("final long " + word + " = " + cell + ";");
    String isNull = Value.NEVER;
    if (type.nullable()) {
      isNull = to.fresh("n");
      to.line("final boolean " + isNull + " = " + cells + ".isNull();");
    }
    return to.local(type, java.fromCell(word), isNull);
  }
}
