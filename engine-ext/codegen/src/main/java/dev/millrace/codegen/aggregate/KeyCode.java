// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.Storage;
import java.util.ArrayList;
import java.util.List;

/**
 * Code for the keys of a group: hash, compare, store, and copy to the result. A group's key lies in
 * its slot as in a batch: words, references, and one bit per key that may be NULL.
 */
final class KeyCode {
  private static final int BITS = 64;

  /** One key column and its place in the slot; -1 where it has none. */
  private record Key(int column, int out, DataType type, int word, int ref, int nullBit) {}

  private final List<Key> keys = new ArrayList<>();
  private final List<Integer> nullWords = new ArrayList<>();
  private final Columns in;
  private final Columns out;

  KeyCode(RowType input, List<Integer> columns, RecordLayout layout, Columns in, Columns out) {
    this.in = in;
    this.out = out;
    int nullBits = 0;
    for (int i = 0; i < columns.size(); i++) {
      DataType type = input.type(columns.get(i));
      boolean hasWord = type.storage() != Storage.REFERENCE;
      boolean hasBit = hasWord && type.nullable();
      keys.add(
          new Key(
              columns.get(i),
              i,
              type,
              hasWord ? layout.word() : -1,
              type.storage() != Storage.WORD ? layout.ref(RefCode.value(type)) : -1,
              hasBit ? nullBits++ : -1));
    }
    for (int bit = 0; bit < nullBits; bit += BITS) {
      nullWords.add(layout.word());
    }
  }

  String source() {
    return hashOfRow()
        + hashOfRecord()
        + sameAsRow()
        + sameAsRecord()
        + store()
        + copy()
        + results();
  }

  private String word(Key key) {
    String word = in.words(key.column) + "[i]";
    return key.nullBit < 0 ? word : "(" + in.nulls(key.column) + "[i] ? 0L : " + word + ")";
  }

  /** The NULL bits of a row that share a word. */
  private String nullBits(int wordNumber) {
    StringBuilder bits = new StringBuilder("0L");
    for (Key key : keys) {
      if (key.nullBit >= 0 && key.nullBit / BITS == wordNumber) {
        bits.append(" | (%s[i] ? %dL : 0L)".formatted(in.nulls(key.column), 1L << key.nullBit));
      }
    }
    return bits.toString();
  }

  private static String hashRef(Key key, String ref) {
    return key.type.root().isByteArray()
        ? "Arrays.hashCode((byte[]) " + ref + ")"
        : "(" + ref + " == null ? 0 : " + ref + ".hashCode())";
  }

  private static String equalRefs(Key key, String a, String b) {
    return key.type.root().isByteArray()
        ? "Arrays.equals((byte[]) " + a + ", (byte[]) " + b + ")"
        : "Objects.equals(" + a + ", " + b + ")";
  }

  private static void mix(StringBuilder body, String part) {
    body.append("    h = ((h ^ (h >>> 32)) ^ ").append(part).append(") * GOLDEN;\n");
  }

  private String hashOfRow() {
    StringBuilder body = new StringBuilder("    long h = 0L;\n");
    for (Key key : keys) {
      if (key.word >= 0) {
        mix(body, word(key));
      }
      if (key.ref >= 0) {
        mix(body, hashRef(key, in.refs(key.column) + "[i]"));
      }
    }
    return "\n  private long hashRow(final int i) {\n" + body + "    return h;\n  }\n";
  }

  private String hashOfRecord() {
    StringBuilder body = new StringBuilder("    long h = 0L;\n");
    for (Key key : keys) {
      if (key.word >= 0) {
        mix(body, "someWords[w + " + key.word + "]");
      }
      if (key.ref >= 0) {
        mix(body, hashRef(key, "someRefs[r + " + key.ref + "]"));
      }
    }
    return "\n  private long hashRecord(\n"
        + "      final long[] someWords, final Object[] someRefs, final int w, final int r) {\n"
        + body
        + "    return h;\n  }\n";
  }

  private String sameAsRow() {
    StringBuilder test = new StringBuilder("true");
    for (Key key : keys) {
      if (key.word >= 0) {
        test.append("\n        && words[w + %d] == %s".formatted(key.word, word(key)));
      }
      if (key.ref >= 0) {
        String mine = "refs[r + " + key.ref + "]";
        test.append("\n        && ").append(equalRefs(key, mine, in.refs(key.column) + "[i]"));
      }
    }
    for (int n = 0; n < nullWords.size(); n++) {
      test.append("\n        && words[w + %d] == (%s)".formatted(nullWords.get(n), nullBits(n)));
    }
    return "\n  private boolean isKeyOfRow(final int i, final int w, final int r) {\n    return "
        + test
        + ";\n  }\n";
  }

  private String sameAsRecord() {
    StringBuilder test = new StringBuilder("true");
    for (Key key : keys) {
      if (key.word >= 0) {
        test.append("\n        && words[w + %1$d] == fromWords[fw + %1$d]".formatted(key.word));
      }
      if (key.ref >= 0) {
        String place = " + " + key.ref + "]";
        test.append("\n        && ")
            .append(equalRefs(key, "refs[r" + place, "fromRefs[fr" + place));
      }
    }
    for (int word : nullWords) {
      test.append("\n        && words[w + %1$d] == fromWords[fw + %1$d]".formatted(word));
    }
    return "\n  private boolean isKeyOfRecord(\n"
        + "      final int fw, final int fr, final int w, final int r) {\n    return "
        + test
        + ";\n  }\n";
  }

  private String store() {
    StringBuilder body = new StringBuilder();
    for (Key key : keys) {
      if (key.word >= 0) {
        body.append("    words[w + %d] = %s;\n".formatted(key.word, word(key)));
      }
      if (key.ref >= 0) {
        body.append("    refs[r + %d] = %s[i];\n".formatted(key.ref, in.refs(key.column)));
      }
    }
    for (int n = 0; n < nullWords.size(); n++) {
      body.append("    words[w + %d] = %s;\n".formatted(nullWords.get(n), nullBits(n)));
    }
    return "\n  private void storeKey(final int i, final int w, final int r) {\n" + body + "  }\n";
  }

  private String copy() {
    StringBuilder body = new StringBuilder();
    for (Key key : keys) {
      if (key.word >= 0) {
        body.append("    words[w + %1$d] = fromWords[fw + %1$d];\n".formatted(key.word));
      }
      if (key.ref >= 0) {
        body.append("    refs[r + %1$d] = fromRefs[fr + %1$d];\n".formatted(key.ref));
      }
    }
    for (int word : nullWords) {
      body.append("    words[w + %1$d] = fromWords[fw + %1$d];\n".formatted(word));
    }
    return "\n  private void copyKey(\n"
        + "      final int fw, final int fr, final int w, final int r) {\n"
        + body
        + "  }\n";
  }

  /** Writes a group's key to row n of the output. */
  private String results() {
    StringBuilder body = new StringBuilder();
    for (Key key : keys) {
      if (key.word >= 0) {
        body.append("    %s[n] = words[w + %d];\n".formatted(out.words(key.out), key.word));
        body.append("    %s[n] = %s;\n".formatted(out.nulls(key.out), isNull(key)));
      }
      if (key.ref >= 0) {
        body.append("    %s[n] = refs[r + %d];\n".formatted(out.refs(key.out), key.ref));
      }
    }
    return "\n  private void keyResults(final int w, final int r, final int n) {\n"
        + body
        + "  }\n";
  }

  private String isNull(Key key) {
    if (key.nullBit < 0) {
      return "false";
    }
    long bit = 1L << key.nullBit;
    return "(words[w + %d] & %dL) != 0L".formatted(nullWords.get(key.nullBit / BITS), bit);
  }
}
