// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class RowPrinterTest {
  private static final RowType ANSWER = RowType.of(new Column("a", DataType.INT));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A stream of another character set: what the sink writes must not depend on it. */
  private final PrintStream stream = new PrintStream(bytes, false, StandardCharsets.US_ASCII);

  @Test
  void everyTypeLooksAsInFlink() throws IOException {
    assertThat(printed(DataType.BOOLEAN, true)).isEqualTo("true");
    assertThat(printed(DataType.TINYINT, (byte) -1)).isEqualTo("-1");
    assertThat(printed(DataType.BIGINT, Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    assertThat(printed(DataType.FLOAT, 1f)).isEqualTo("1.0");
    assertThat(printed(DataType.DOUBLE, 1e10)).isEqualTo("1.0E10");
    assertThat(printed(DataType.DOUBLE, Double.NaN)).isEqualTo("NaN");
    assertThat(printed(DataType.decimal(5, 2), new BigDecimal("2.5"))).isEqualTo("2.50");
    assertThat(printed(DataType.decimal(38, 10), BigDecimal.ZERO)).isEqualTo("0E-10");
    assertThat(printed(DataType.character(3), "a")).isEqualTo("a");
    assertThat(printed(DataType.STRING, "größe €")).isEqualTo("größe €");
    assertThat(printed(DataType.BYTES, new byte[] {1, -2})).isEqualTo("[1, -2]");
    assertThat(printed(DataType.DATE, LocalDate.of(2026, 1, 2))).isEqualTo("2026-01-02");
    assertThat(printed(DataType.TIME, LocalTime.of(8, 30))).isEqualTo("08:30");
    assertThat(printed(DataType.timestamp(3), LocalDateTime.of(2026, 1, 1, 0, 0)))
        .isEqualTo("2026-01-01T00:00");
    assertThat(printed(DataType.timestamp(6), LocalDateTime.of(2026, 1, 1, 0, 0, 0, 1000)))
        .isEqualTo("2026-01-01T00:00:00.000001");
    assertThat(printed(DataType.timestampLtz(3), Instant.parse("2026-01-01T00:00:00Z")))
        .isEqualTo("2026-01-01T00:00:00Z");
    assertThat(printed(DataType.STRING, null)).isEqualTo("null");
  }

  @Test
  void everyChangeKindAndThePrefixAreShown() throws IOException {
    RowBatch batch = new RowBatch(ANSWER);
    for (ChangeKind kind : ChangeKind.values()) {
      RowValues.set(batch, batch.add(kind), 0, 42);
    }
    RowPrinter printer = new RowPrinter("id> ", stream);
    printer.write(batch);
    printer.finish();
    assertThat(text()).isEqualTo("id> +I[42]\nid> -U[42]\nid> +U[42]\nid> -D[42]\n");
  }

  @Test
  void linesAppearWhenFlushed() throws IOException {
    RowPrinter printer = new RowPrinter("", stream);
    printer.write(answer());
    assertThat(text()).isEmpty();
    printer.flush();
    assertThat(text()).isEqualTo("+I[42]\n");
    printer.flush();
    assertThat(text()).isEqualTo("+I[42]\n");
  }

  @Test
  void closedStreamFailsTheRun() throws IOException {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    RowPrinter printer = new RowPrinter("", new PrintStream(closed));
    printer.write(answer());
    assertThatThrownBy(printer::flush)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }

  private static RowBatch answer() {
    RowBatch batch = new RowBatch(ANSWER);
    RowValues.set(batch, batch.add(ChangeKind.INSERT), 0, 42);
    return batch;
  }

  private String printed(DataType type, Object value) throws IOException {
    bytes.reset();
    RowBatch batch = new RowBatch(RowType.of(new Column("a", type)));
    RowValues.set(batch, batch.add(ChangeKind.INSERT), 0, value);
    RowPrinter printer = new RowPrinter("", stream);
    printer.write(batch);
    printer.finish();
    return text().substring("+I[".length(), text().length() - "]\n".length());
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
