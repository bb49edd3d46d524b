// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Reads schemas of strangers. What is said once in the text may stand for any number of fields when
 * records are unfolded into what a decoder does, twice as many with each level: so depth and
 * unfolded size are bounded. A few bytes of a decimal stand for as many digits as its scale says,
 * so that is bounded, too.
 */
final class ForeignSchema {
  static final int MAX_CHARS = 1 << 20;
  private static final int MAX_DEPTH = 128;
  private static final int MAX_RECORDS_DEPTH = 64;
  private static final int MAX_UNFOLDED = 20_000;
  private static final int MAX_DIGITS = 1000;

  private final Set<String> open = new HashSet<>();
  private int unfolded;

  private ForeignSchema() {}

  /**
   * A record's schema.
   *
   * @param referenced texts of schemas this one names, each after those it names itself
   * @throws IllegalArgumentException if it is none, or none we take; the message says why
   */
  static Schema parse(String text, List<String> referenced) {
    Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
    for (String other : referenced) {
      parse(parser, other);
    }
    Schema schema = parse(parser, text);
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException("it is " + schema.getType().getName() + ", no record");
    }
    new ForeignSchema().unfold(schema);
    return schema;
  }

  private static Schema parse(Schema.Parser parser, String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("it has more than " + MAX_CHARS + " characters");
    }
    checkDepth(text);
    try {
      return parser.parse(text);
    } catch (RuntimeException e) { // Avro's parser throws all sorts of them
      throw new IllegalArgumentException("it is no schema: " + e.getMessage(), e);
    }
  }

  private static void checkDepth(String text) {
    int depth = 0;
    try (JsonParser json = new JsonFactory().createParser(text)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > MAX_DEPTH) {
          throw new IllegalArgumentException("it is nested deeper than " + MAX_DEPTH);
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("it is no JSON", e);
    }
  }

  private void unfold(Schema schema) {
    if (++unfolded > MAX_UNFOLDED) {
      throw new IllegalArgumentException("it unfolds to more than " + MAX_UNFOLDED + " fields");
    }
    switch (schema.getType()) {
      case RECORD -> {
        if (open.add(schema.getFullName())) {
          if (open.size() > MAX_RECORDS_DEPTH) {
            throw new IllegalArgumentException("it unfolds deeper than " + MAX_RECORDS_DEPTH);
          }
          schema.getFields().forEach(field -> unfold(field.schema()));
          open.remove(schema.getFullName());
        }
      }
      case ARRAY -> unfold(schema.getElementType());
      case MAP -> unfold(schema.getValueType());
      case UNION -> schema.getTypes().forEach(this::unfold);
      case BYTES, FIXED -> checkDigits(schema);
      case ENUM, STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
    }
  }

  /** Of a decimal; the scale is never more than the precision. */
  private static void checkDigits(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
        && decimal.getPrecision() > MAX_DIGITS) {
      throw new IllegalArgumentException(
          "it has a decimal of %d digits, which are more than %d"
              .formatted(decimal.getPrecision(), MAX_DIGITS));
    }
  }
}
