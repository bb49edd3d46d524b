// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImagesJsonTest {
  private static Map<String, Object> everyValue() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("z", null);
    row.put("flag", true);
    row.put("int8", (byte) -1);
    row.put("int16", (short) 300);
    row.put("int32", Integer.MIN_VALUE);
    row.put("int64", Long.MAX_VALUE);
    row.put("float32", 1.1f);
    row.put("float64", Double.NaN);
    row.put("infinity", Double.NEGATIVE_INFINITY);
    row.put("minus zero", -0.0);
    row.put("decimal", new BigDecimal("-12345678901234567890123456789.1230"));
    row.put("small decimal", new BigDecimal("1E-30"));
    row.put("text", "{\"int32\":\"1\"} \u0000 ü 🚚 \n");
    row.put("date", LocalDate.of(-1, 1, 1));
    row.put("time", LocalTime.of(0, 0));
    row.put("timestamp", LocalDateTime.of(2026, 1, 1, 0, 0));
    row.put("infinite timestamp", LocalDateTime.MAX);
    row.put("instant", Instant.parse("2026-03-29T01:30:00.123456789Z"));
    return row;
  }

  @Test
  void valuesComeBackExactlyAndInOrder() {
    Map<String, Object> row = everyValue();
    Images images =
        new Images(row, Optional.of(row), Optional.empty(), Set.of("a"), Map.of("b", 1));
    Images back = ImagesJson.read(ImagesJson.write(images));
    assertThat(back).isEqualTo(images);
    assertThat(back.key().keySet()).containsExactlyElementsOf(row.keySet());
    assertThat(back.before().orElseThrow().get("decimal"))
        .hasToString("-12345678901234567890123456789.1230");
  }

  @Test
  void mapsComeBackWithKeysOfAnyClassAndNulls() {
    Map<Object, Object> inner = new LinkedHashMap<>();
    inner.put(7, new BigDecimal("1.50"));
    inner.put(null, LocalDate.of(2026, 1, 2));
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put("inner", inner);
    map.put("null", null);
    map.put("empty", Map.of());
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("map", map);
    row.put("after", 1);
    Images images = new Images(row, Optional.empty(), Optional.empty(), Set.of(), Map.of());
    assertThat(ImagesJson.read(ImagesJson.write(images))).isEqualTo(images);
  }

  @Test
  void bytesComeBack() {
    Images images =
        new Images(
            Map.of(),
            Optional.empty(),
            Optional.of(Map.of("raw", new byte[] {0, -1, 127})),
            Set.of(),
            Map.of());
    Object raw = ImagesJson.read(ImagesJson.write(images)).after().orElseThrow().get("raw");
    assertThat((byte[]) raw).containsExactly(0, -1, 127);
  }

  @Test
  void objectsOfOtherClassesAreRefused() {
    Images images =
        new Images(Map.of("k", List.of()), Optional.empty(), Optional.empty(), Set.of(), Map.of());
    assertThatThrownBy(() -> ImagesJson.write(images)).isInstanceOf(IllegalArgumentException.class);
  }
}
