// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpLookupTest {
  private static final RowType PRICES =
      RowType.of(
          new Column("sku", DataType.STRING.notNull()),
          new Column("site", DataType.INT),
          new Column("price", DataType.decimal(10, 2)));

  private final HttpTable.Context context = new HttpTable.Context();

  private List<String> ask(RowLookup lookup, Object... key) throws Exception {
    RowType type =
        key.length == 1
            ? RowType.of(PRICES.columns().get(0))
            : RowType.of(PRICES.columns().get(0), new Column("site", DataType.BIGINT));
    RowBatch keys = new RowBatch(type, 1);
    keys.add(ChangeKind.INSERT);
    for (int i = 0; i < key.length; i++) {
      RowValues.set(keys, 0, i, key[i]);
    }
    List<String> rows = new ArrayList<>();
    lookup.lookup(keys, 0).forEach(row -> rows.add(Arrays.toString(row)));
    return rows;
  }

  @Test
  void keysTravelInThePathAndAsParameters() throws Exception {
    Map<String, String> bodies =
        Map.of(
            "/v1/price/a%2Fb", "{\"sku\": \"a/b\", \"price\": 1.5}",
            "/v1/price/c?site=7", "[{\"site\": 7, \"price\": 2},\n {\"site\": 8, \"price\": 3}]");
    try (Server server = Server.of(bodies)) {
      HttpSource source = HttpTable.of(server, PRICES, "/price/{sku}").source();
      try (RowLookup lookup = source.openLookup(new int[] {0}, context)) {
        assertThat(ask(lookup, "a/b")).containsExactly("[a/b, null, 1.50]");
      }
      try (RowLookup lookup = source.openLookup(new int[] {0, 1}, context)) {
        assertThat(ask(lookup, "c", 7L)).containsExactly("[c, 7, 2.00]");
      }
    }
  }

  @Test
  void whatIsNotThereIsNoRow() throws Exception {
    try (Server server =
        new Server(
            exchange -> {
              String path = exchange.getRequestURI().getPath();
              Server.send(exchange, Integer.parseInt(path.substring(4)), "");
            })) {
      HttpSource source = HttpTable.of(server, PRICES, "/{sku}").source();
      try (RowLookup lookup = source.openLookup(new int[] {0}, context)) {
        assertThat(ask(lookup, "404")).isEmpty();
        assertThat(ask(lookup, "410")).isEmpty();
        assertThat(ask(lookup, "204")).isEmpty();
        assertThat(ask(lookup, "../admin")).isEmpty();
        assertThat(ask(lookup, "")).isEmpty();
        assertThat(server.asked()).hasSize(3);
        assertThatThrownBy(() -> ask(lookup, "403"))
            .satisfies(
                e ->
                    assertThat(((MillraceException) e).category())
                        .isEqualTo(ErrorCategory.CONNECTOR))
            .hasMessageContaining("was answered 403");
      }
    }
  }

  @Test
  void anotherKeysRowIsLeftOut() throws Exception {
    Map<String, String> bodies =
        Map.of("/v1/search?sku=ab", "[{\"sku\":\"ab\"},{\"sku\":\"abc\"},{\"price\":1}]");
    try (Server server = Server.of(bodies)) {
      HttpSource source = HttpTable.of(server, PRICES, "/search").source();
      try (RowLookup lookup = source.openLookup(new int[] {0}, context)) {
        assertThat(ask(lookup, "ab")).containsExactly("[ab, null, null]", "[ab, null, 1.00]");
      }
    }
  }

  @Test
  void rowsMayLieDeepInTheResponse() throws Exception {
    Map<String, String> bodies =
        Map.of("/v1/p?sku=a", "{\"total\":1,\"data\":{\"items\":[{\"price\":1}]},\"x\":[]}");
    try (Server server = Server.of(bodies)) {
      HttpSource source =
          HttpTable.of(server, PRICES, "/p", "rows.pointer", "/data/items").source();
      try (RowLookup lookup = source.openLookup(new int[] {0}, context)) {
        assertThat(ask(lookup, "a")).containsExactly("[a, null, 1.00]");
      }
    }
  }

  @Test
  void aBadRecordIsADeadLetterWithItsRequest() throws Exception {
    Map<String, String> bodies = Map.of("/v1/p?sku=a", "{\"price\": \"much\"}");
    try (Server server = Server.of(bodies)) {
      HttpSource source = HttpTable.of(server, PRICES, "/p").source();
      try (RowLookup lookup = source.openLookup(new int[] {0}, context)) {
        assertThat(ask(lookup, "a")).isEmpty();
      }
      assertThat(context.dead)
          .containsExactly("GET " + server.url() + "/v1/p:1 {\"price\": \"much\"}");
    }
  }

  @Test
  void answersAreRememberedIfAsked() throws Exception {
    try (Server server = Server.of(Map.of("/v1/a", "{\"price\":1}"))) {
      HttpSource source =
          HttpTable.of(server, PRICES, "/{sku}", "lookup.cache", "PARTIAL").source();
      try (RowLookup lookup = source.openLookup(new int[] {0}, context)) {
        for (int i = 0; i < 3; i++) {
          assertThat(ask(lookup, "a")).hasSize(1);
          assertThat(ask(lookup, "b")).isEmpty();
        }
      }
      assertThat(server.targets()).containsExactly("/v1/a", "/v1/b");
    }
  }

  @Test
  void aHostThatIsBusyIsAskedAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (Server server =
        new Server(
            exchange ->
                Server.send(
                    exchange, attempts.incrementAndGet() < 3 ? 503 : 200, "{\"price\":1}"))) {
      HttpSource source = HttpTable.of(server, PRICES, "/{sku}").source();
      try (RowLookup lookup = source.openLookup(new int[] {0}, context)) {
        assertThat(ask(lookup, "a")).hasSize(1);
      }
      attempts.set(-9);
      try (RowLookup lookup = source.openLookup(new int[] {0}, context)) {
        assertThatThrownBy(() -> ask(lookup, "a")).hasMessageContaining("was answered 503");
      }
    }
  }

  @Test
  void aPathThatNeedsMoreThanTheJoinComparesIsRefused() throws Exception {
    try (Server server = Server.of(Map.of())) {
      HttpSource source = HttpTable.of(server, PRICES, "/{site}/{sku}").source();
      assertThatThrownBy(() -> source.openLookup(new int[] {0}, context))
          .hasMessageContaining("needs column 'site'");
    }
  }
}
