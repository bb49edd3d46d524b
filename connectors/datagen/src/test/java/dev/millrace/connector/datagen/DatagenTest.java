// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowRate;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatagenTest {
  /** Rows that are made are never bad. */
  private static final SourceContext CONTEXT =
      new SourceContext() {
        @Override
        public Services services() {
          return Services.none();
        }

        @Override
        public void deadLetter(String record, String position, Exception cause) {
          throw new AssertionError(record, cause);
        }
      };

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String FAST = "1000000000";

  @Test
  void sequencesEndTheSourceAtTheShortest() throws Exception {
    GeneratedTable source =
        source(
            Map.of(
                "rows-per-second", FAST,
                "fields.a.kind", "sequence",
                "fields.a.start", "1",
                "fields.a.end", "3",
                "fields.b.kind", "sequence",
                "fields.b.start", "10",
                "fields.b.end", "20"),
            DataType.INT,
            DataType.STRING);
    assertThat(source.boundedness()).isEqualTo(Boundedness.BOUNDED);
    assertThat(rows(source)).containsExactly("+I[1, 10]", "+I[2, 11]", "+I[3, 12]");
  }

  @Test
  void withoutNumberOfRowsThereIsNoEnd() {
    assertThat(source(Map.of(), DataType.INT).boundedness()).isEqualTo(Boundedness.UNBOUNDED);
  }

  @Test
  void randomValuesStayWithinTheirBounds() throws Exception {
    GeneratedTable source =
        source(
            Map.of(
                "rows-per-second", FAST,
                "number-of-rows", "2000",
                "fields.a.min", "-3",
                "fields.a.max", "3",
                "fields.b.length", "7",
                "fields.b.var-len", "true",
                "fields.c.max-past", "10 s",
                "fields.d.null-rate", "0.5",
                "fields.e.max", "20"),
            DataType.INT,
            DataType.STRING,
            DataType.timestamp(0),
            DataType.BOOLEAN,
            DataType.decimal(4, 2));
    RowBatch batch = new RowBatch(source.schema(), 2000);
    fill(source.open(CONTEXT), batch);
    assertThat(column(batch, 0)).containsOnly(-3, -2, -1, 0, 1, 2, 3);
    assertThat(column(batch, 1)).allMatch(text -> ((String) text).matches("[0-9a-f]{1,7}"));
    assertThat(column(batch, 2))
        .allMatch(
            time ->
                !((LocalDateTime) time).isAfter(LocalDateTime.parse("2026-01-02T03:04:05"))
                    && ((LocalDateTime) time).isAfter(LocalDateTime.parse("2026-01-02T03:03:54"))
                    && ((LocalDateTime) time).getNano() == 0);
    assertThat(column(batch, 3).stream().filter(value -> value == null).count())
        .isBetween(800L, 1200L);
    assertThat(column(batch, 4)).allMatch(value -> ((BigDecimal) value).doubleValue() <= 20);
  }

  @Test
  void everyTypeHasRandomValues() throws Exception {
    DataType[] types = {
      DataType.TINYINT,
      DataType.SMALLINT,
      DataType.BIGINT,
      DataType.FLOAT,
      DataType.DOUBLE,
      DataType.decimal(38, 10),
      DataType.decimal(5, 5),
      DataType.character(5),
      DataType.BYTES,
      DataType.DATE,
      DataType.TIME,
      DataType.timestampLtz(3)
    };
    assertThat(rows(source(Map.of("rows-per-second", FAST, "number-of-rows", "100"), types)))
        .hasSize(100)
        .doesNotHaveDuplicates()
        .allMatch(row -> row.endsWith("2026-01-02, 03:04:05, 2026-01-02T03:04:05.678Z]"));
  }

  @Test
  void rewoundSourceMakesTheSameRows() throws Exception {
    GeneratedTable source =
        source(Map.of("rows-per-second", FAST, "number-of-rows", "20"), DataType.BIGINT);
    RowBatch batch = new RowBatch(source.schema(), 8);
    RewindableSource first = (RewindableSource) source.open(CONTEXT);
    fill(first, batch);
    String position = first.position();
    batch.clear();
    fill(first, batch);
    List<Object> expected = column(batch, 0);
    RewindableSource second = (RewindableSource) source.open(CONTEXT);
    second.seek(position);
    batch.clear();
    fill(second, batch);
    assertThat(column(batch, 0)).isEqualTo(expected).hasSize(8);
  }

  @Test
  void rateDecidesHowManyRowsAreDue() {
    long[] nowNs = {5};
    RowRate rate = new RowRate(10, () -> nowNs[0]);
    assertThat(rate.due()).isEqualTo(1);
    rate.give(1);
    assertThat(rate.due()).isZero();
    nowNs[0] += 100_000_000;
    assertThat(rate.due()).isEqualTo(1);
    nowNs[0] += 1_000_000_000;
    assertThat(rate.due()).isEqualTo(11);
  }

  @Test
  void wrongOptionsAreRefusedByName() {
    assertRefused(Map.of("fields.x.kind", "random"), "fields.x.kind", "[a]");
    assertRefused(Map.of("fields.a.length", "3"), "fields.a.length", "fields.a.min");
    assertRefused(Map.of("fields.a.kind", "sequence"), "fields.a.start");
    assertRefused(Map.of("fields.a.min", "x"), "fields.a.min");
    assertRefused(Map.of("fields.a.max", "99999999999"), "within INT");
    assertRefused(Map.of("fields.a.null-rate", "2"), "fields.a.null-rate");
    assertRefused(Map.of("rows-per-second", "0"), "rows-per-second");
    assertRefused(
        Map.of("fields.a.kind", "sequence", "fields.a.start", "5", "fields.a.end", "4"),
        "fields.a.end");
  }

  private static void assertRefused(Map<String, String> options, String... words) {
    assertThatThrownBy(() -> source(options, DataType.INT))
        .isInstanceOf(MillraceException.class)
        .hasMessageContainingAll(words);
  }

  private static GeneratedTable source(Map<String, String> options, DataType... types) {
    return GeneratedTable.of(options, Clock.fixed(NOW, ZoneOffset.UTC), types);
  }

  private static List<String> rows(GeneratedTable source) throws Exception {
    List<String> rows = new ArrayList<>();
    RowSource open = source.open(CONTEXT);
    RowBatch batch = new RowBatch(source.schema(), 7);
    RowSource.Status status = RowSource.Status.MORE;
    while (status != RowSource.Status.END) {
      batch.clear();
      status = open.poll(batch);
      for (int row = 0; row < batch.size(); row++) {
        rows.add(batch.rowToString(row));
      }
    }
    return rows;
  }

  private static void fill(RowSource source, RowBatch batch) throws Exception {
    while (!batch.isFull() && source.poll(batch) != RowSource.Status.END) {
      // the rate allows more in a moment
    }
  }

  private static List<Object> column(RowBatch batch, int column) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      values.add(RowValues.get(batch, row, column));
    }
    return values;
  }
}
