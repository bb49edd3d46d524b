// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedMapTest {
  private static final int ROUNDS = 500;

  private static String text(Random random) {
    String[] pieces = {
      "", "a", "b", "ä", "€", "🚚", "\u0000", "a long one of more than a few bytes "
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return random.nextInt(8) == 0 ? null : text.toString();
  }

  private static byte[] pack(Map<String, String> map) {
    PackedMap.Builder packed = new PackedMap.Builder();
    map.forEach((key, value) -> packed.add(key).add(value));
    return packed.toBytes();
  }

  /** As a LinkedHashMap does it: a key given again keeps its place and gets the last value. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomEntriesComeBackInOrderEachKeyOnce(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> expected = new LinkedHashMap<>();
      PackedMap.Builder packed = new PackedMap.Builder();
      for (int i = random.nextInt(12); i > 0; i--) {
        String key = text(random);
        String value = text(random);
        expected.put(key, value);
        packed.add(key).add(value);
      }
      byte[] map = packed.toBytes();
      assertThat(PackedMap.size(map)).isEqualTo(expected.size());
      assertThat(texts(map)).isEqualTo(new ArrayList<>(flat(expected)));
      expected.forEach(
          (key, value) ->
              assertThat(PackedMap.text(map, PackedMap.find(map, key))).isEqualTo(value));
      assertThat(PackedMap.find(map, "no such key")).isEqualTo(PackedMap.NOWHERE);
      assertThat(map).isEqualTo(pack(expected));
    }
  }

  private static List<String> flat(Map<String, String> map) {
    List<String> cells = new ArrayList<>();
    map.forEach((key, value) -> Collections.addAll(cells, key, value));
    return cells;
  }

  private static List<String> texts(byte[] map) {
    List<String> texts = new ArrayList<>();
    PackedMap.Cells cells = new PackedMap.Cells(map);
    for (int left = 2 * PackedMap.size(map); left > 0; left--) {
      cells.next();
      texts.add(cells.text());
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void mapsAreEqualByEntriesInAnyOrder(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> entries = new LinkedHashMap<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        entries.put(text(random), text(random));
      }
      List<Map.Entry<String, String>> shuffled = new ArrayList<>(entries.entrySet());
      Collections.shuffle(shuffled, random);
      Map<String, String> other = new LinkedHashMap<>();
      shuffled.forEach(entry -> other.put(entry.getKey(), entry.getValue()));
      assertThat(PackedMap.equal(pack(entries), pack(other))).isTrue();
      other.put(text(random), text(random));
      assertThat(PackedMap.equal(pack(entries), pack(other))).isEqualTo(entries.equals(other));
    }
  }

  @Test
  void wordsAndBytesAreKeysToo() {
    byte[] words =
        new PackedMap.Builder().add(7, false).add(-1, false).add(0, true).add(5, false).toBytes();
    assertThat(PackedMap.word(words, PackedMap.find(words, 7))).isEqualTo(-1);
    assertThat(PackedMap.find(words, 8)).isEqualTo(PackedMap.NOWHERE);
    assertThat(PackedMap.word(words, PackedMap.find(words, (byte[]) null))).isEqualTo(5);
    byte[] bytes = new PackedMap.Builder().add(new byte[0]).add(new byte[] {1, -1}).toBytes();
    assertThat(PackedMap.bytes(bytes, PackedMap.find(bytes, new byte[0]))).containsExactly(1, -1);
    assertThat(PackedMap.find(bytes, (byte[]) null)).isEqualTo(PackedMap.NOWHERE);
  }

  @Test
  void cellsOfMapsAreObjectsAndPrintAsInFlink() {
    DataType type = DataType.map(DataType.STRING, DataType.map(DataType.INT, DataType.BYTES));
    RowBatch batch = new RowBatch(RowType.of(new Column("m", type)), 1);
    Map<Integer, byte[]> inner = new LinkedHashMap<>();
    inner.put(1, "a".getBytes(StandardCharsets.UTF_8));
    inner.put(null, null);
    Map<String, Object> outer = new LinkedHashMap<>();
    outer.put("trace-one", inner);
    outer.put("b", null);
    RowValues.set(batch, batch.add(ChangeKind.INSERT), 0, outer);
    assertThat(batch.rowToString(0)).isEqualTo("+I[{b=null, trace-one={null=null, 1=[97]}}]");
    assertThat(type).hasToString("MAP<STRING, MAP<INT, BYTES>>");
  }

  /** A letter is kept as values: what comes of it must be in the group of its equals. */
  @Test
  void aMapThatWasAValueIsPackedAsBefore() {
    DataType type = DataType.map(DataType.STRING, DataType.STRING);
    RowBatch batch = new RowBatch(RowType.of(new Column("m", type)), 2);
    Map<String, String> map = new LinkedHashMap<>();
    for (String key : List.of("trace-one", "b", "c", "a")) {
      map.put(key, "of " + key);
    }
    batch.setBytes(batch.add(ChangeKind.INSERT), 0, pack(map));
    RowValues.set(batch, batch.add(ChangeKind.INSERT), 0, RowValues.get(batch, 0, 0));
    assertThat(batch.getBytes(1, 0)).isEqualTo(batch.getBytes(0, 0));
  }
}
