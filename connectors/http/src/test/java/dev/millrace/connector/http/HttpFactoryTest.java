// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFactoryTest {
  private static final RowType ROWS = RowType.of(new Column("id", DataType.INT));

  private Server server;

  @BeforeEach
  void start() throws Exception {
    server = Server.of(Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void refused(HttpTable table, String why) {
    assertThatThrownBy(table::source)
        .satisfies(e -> assertThat(((MillraceException) e).category()).isEqualTo(ErrorCategory.SQL))
        .hasMessageContaining(why);
  }

  @Test
  void aServersScriptNamesAConfiguredHost() {
    HttpTable table = HttpTable.of(server, ROWS, "/a");
    assertThat(table.source().endpoint().get()).isEqualTo(server.endpoint());
    refused(HttpTable.of(server, ROWS, "/a", "connection", "other"), "configured are shop");
    refused(table.without("connection"), "neither 'connection'");
    refused(HttpTable.of(server, ROWS, "/a", "url", "http://x"), "both");
    refused(
        HttpTable.of(server, ROWS, "/a", "url", "http://x").without("connection"),
        "'url' is not allowed here");
  }

  @Test
  void theCommandLinesScriptMayNameAny() {
    HttpTable table = HttpTable.of(server, ROWS, "/a", "url", server.url()).without("connection");
    HttpTable plain =
        new HttpTable(
            ROWS, table.given(), table.services().with(PlainAddresses.class, address -> true));
    assertThat(plain.source().endpoint().get().toString()).isEqualTo(server.url());
  }

  @ParameterizedTest
  @CsvSource({
    "request.timeout, 0 s, cannot be",
    "response.max-bytes, 0, cannot be 0",
    "lookup.max-retries, -1, cannot be -1",
    "rows.pointer, items, cannot be 'items'",
    "cursor.column, id, must say how a cursor is sent",
    "cursor.parameter, since, needs either 'cursor.column' or 'cursor.pointer'",
    "url-path, /{nosuch}, which is not one of id",
    "url-path, /a/../b, has a segment"
  })
  void optionsThatCannotBeAreRefused(String option, String value, String why) {
    refused(HttpTable.of(server, ROWS, "/a", option, value), why);
  }

  @Test
  void pointersNeedJson() {
    refused(
        HttpTable.of(server, ROWS, "/a", "format", "csv", "rows.pointer", "/x"),
        "needs a format of JSON");
  }
}
