// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import static dev.millrace.connector.format.FormatHarness.row;
import static dev.millrace.connector.format.FormatHarness.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.connector.MetadataKey;
import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebeziumFormatTest {
  private static final RowType SCHEMA =
      RowType.of(new Column("a", DataType.INT), new Column("b", DataType.STRING));
  private final FormatHarness format =
      FormatHarness.of(new DebeziumJsonFactory(), DataType.INT, DataType.STRING);

  @Test
  void eachOperationIsItsChanges() throws IOException {
    assertThat(
            format.messages(
                utf8("{\"before\":null,\"after\":{\"a\":1,\"b\":\"x\"},\"op\":\"c\"}"),
                utf8("{\"after\":{\"a\":2},\"source\":{\"db\":{\"x\":[1]}},\"op\":\"r\"}"),
                utf8(
                    "{\"op\":\"u\",\"before\":{\"a\":1,\"b\":\"x\"},"
                        + "\"after\":{\"a\":1,\"b\":\"y\"},\"ts_ms\":1}"),
                utf8("{\"before\":{\"a\":1,\"b\":\"y\"},\"after\":null,\"op\":\"d\"}"),
                null))
        .containsExactly("+I[1, x]", "+I[2, null]", "-U[1, x]", "+U[1, y]", "-D[1, y]");
  }

  @Test
  void anUpdateThatDoesNotFitIntoABatchGoesOnInTheNext() throws IOException {
    String update = "{\"op\":\"u\",\"before\":{\"a\":1},\"after\":{\"a\":2}}\n";
    assertThat(format.read(update.repeat(4)))
        .hasSize(8)
        .startsWith("-U[1, null]", "+U[2, null]", "-U[1, null]", "+U[2, null]");
  }

  @Test
  void whatIsNoChangeIsBad() throws IOException {
    assertThat(
            format.messages(
                utf8("{\"before\":null,\"after\":{\"a\":1},\"op\":\"u\"}"),
                utf8("{\"before\":null,\"after\":null,\"op\":\"c\"}"),
                utf8("{\"after\":{\"a\":1},\"op\":\"x\"}"),
                utf8("{\"after\":{\"a\":1}}"),
                utf8("{\"after\":{\"a\":\"z\"},\"op\":\"c\"}"),
                utf8("[1]"),
                utf8("{\"after\":{\"a\":1},\"op\":\"c\"} x"),
                utf8("{\"after\":{\"a\":5},\"op\":\"c\"}")))
        .satisfiesExactly(
            bad -> assertThat(bad).contains("'before' of a change 'u' is null; PostgreSQL"),
            bad -> assertThat(bad).contains("'after' of a change 'c' is null"),
            bad -> assertThat(bad).contains("'op' is 'x'"),
            bad -> assertThat(bad).contains("'op' is 'null'"),
            bad -> assertThat(bad).contains("'z' is not INT"),
            bad -> assertThat(bad).contains("expected a JSON object"),
            bad -> assertThat(bad).startsWith("not JSON"),
            good -> assertThat(good).isEqualTo("+I[5, null]"));
    assertThat(
            format
                .with(Map.of("ignore-parse-errors", "true"))
                .messages(utf8("{"), utf8("{\"after\":{\"a\":5},\"op\":\"c\"}")))
        .containsExactly("+I[5, null]");
  }

  @Test
  void whatTheEnvelopeTellsBesideIsOfEachOfItsChanges() throws IOException {
    DebeziumJsonFactory factory = new DebeziumJsonFactory();
    List<String> keys = factory.metadataKeys().stream().map(MetadataKey::key).toList();
    List<Column> columns = new ArrayList<>(SCHEMA.columns());
    factory.metadataKeys().forEach(key -> columns.add(new Column(key.key(), key.type())));
    Options options = new Options(Map.of("schema-include", "true"));
    MessageDecoder decoder = factory.decoding(SCHEMA, keys, options).messages();
    RowBatch batch = new RowBatch(new RowType(columns));
    decoder.begin(
        utf8(
            """
            {"schema":{"v":1},"payload":{"source":{"db":"shop","table":"orders","ts_ms":1700000000123,
              "snapshot":false,"gtid":null,"schema":"public"},"op":"u","before":{"a":1},"after":{"a":2},
              "ts_ms":1700000000456}}"""));
    decoder.next(batch);
    decoder.begin(utf8("{\"payload\":{\"op\":\"c\",\"after\":{\"a\":3}}}"));
    decoder.next(batch);
    String told =
        ", {\"v\":1}, 2023-11-14T22:13:20.456Z, 2023-11-14T22:13:20.123Z, shop, public, orders,"
            + " {schema=public, gtid=null, db=shop, table=orders, ts_ms=1700000000123,"
            + " snapshot=false}]\n";
    assertThat(batch)
        .hasToString(
            "-U[1, null"
                + told
                + "+U[2, null"
                + told
                + "+I[3, null, null, null, null, null, null, null, null]\n");
    decoder.begin(utf8("{\"payload\":{\"op\":\"c\",\"after\":{},\"source\":{\"ts_ms\":\"x\"}}}"));
    assertThatThrownBy(() -> decoder.next(batch)).hasMessageContaining("'ts_ms' is no time");
  }

  @Test
  void theSchemaMayStandBesideThePayload() throws IOException {
    assertThat(
            format
                .with(Map.of("schema-include", "true"))
                .messages(
                    utf8(
                        "{\"schema\":{\"fields\":[{}]},"
                            + "\"payload\":{\"after\":{\"a\":1},\"op\":\"c\"}}"),
                    utf8("{\"schema\":{},\"payload\":null}")))
        .satisfiesExactly(
            good -> assertThat(good).isEqualTo("+I[1, null]"),
            bad -> assertThat(bad).contains("expected a JSON object"));
    assertThatThrownBy(() -> format.with(Map.of("schema-include", "true")).encode(row(1, "x")))
        .hasMessageContaining("schema-include");
  }

  @Test
  void changesAreWrittenAsCreationsAndDeletions() throws IOException {
    RowBatch batch = new RowBatch(SCHEMA, 4);
    for (ChangeKind kind : ChangeKind.values()) {
      int row = batch.add(kind);
      RowValues.set(batch, row, 0, row);
      RowValues.set(batch, row, 1, null);
    }
    var encoder = new DebeziumJsonFactory().encoding(SCHEMA, new Options(Map.of())).messages();
    String[] expected = {
      "{\"before\":null,\"after\":{\"a\":0,\"b\":null},\"op\":\"c\"}",
      "{\"before\":{\"a\":1,\"b\":null},\"after\":null,\"op\":\"d\"}",
      "{\"before\":null,\"after\":{\"a\":2,\"b\":null},\"op\":\"c\"}",
      "{\"before\":{\"a\":3,\"b\":null},\"after\":null,\"op\":\"d\"}"
    };
    for (int row = 0; row < expected.length; row++) {
      assertThat(new String(encoder.encode(batch, row), StandardCharsets.UTF_8))
          .isEqualTo(expected[row]);
    }
  }

  @Test
  void itCarriesAllKindsOfChange() {
    var factory = new DebeziumJsonFactory();
    assertThat(factory.decoding(SCHEMA, new Options(Map.of())).changelogMode())
        .isEqualTo(ChangelogMode.ALL);
    assertThat(factory.encoding(SCHEMA, new Options(Map.of())).changelogMode())
        .isEqualTo(ChangelogMode.ALL);
  }
}
