// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connector.format.JsonFactory;
import dev.millrace.spi.connector.Hooks;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.RowSource.Status;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebhookRowsTest {
  private static final RowType ROWS = RowType.of(new Column("id", DataType.INT));

  /** Bodies in memory; only some came to this node. */
  private static final class Posted implements Hooks {
    private final List<Body> bodies = new ArrayList<>();
    private long newestHere;
    private long removedTo;
    private int questions;

    void post(String text, boolean here) {
      long sequence = bodies.size() + 1L;
      bodies.add(new Body(sequence, "application/json", text.getBytes(UTF_8)));
      newestHere = here ? sequence : newestHere;
    }

    @Override
    public Set<String> names() {
      return Set.of("orders");
    }

    @Override
    public boolean mayRead(String hook, Optional<String> tenant) {
      return true;
    }

    @Override
    public List<Body> read(String hook, long after, int max) {
      questions++;
      return bodies.stream().filter(body -> body.sequence() > after).limit(max).toList();
    }

    void remove(long to) {
      bodies.removeIf(body -> body.sequence() <= to);
      removedTo = to;
    }

    @Override
    public long newest(String hook) {
      return newestHere;
    }

    @Override
    public Kept kept(String hook) {
      return new Kept(removedTo, removedTo + bodies.size());
    }
  }

  private final Posted posted = new Posted();
  private final HttpTable.Context context = new HttpTable.Context();
  private long nowNs;

  private WebhookRows open() throws SQLException {
    Body body =
        new Body(
            ROWS, new JsonFactory().decoding(ROWS, new Options(Map.of())), true, Optional.empty());
    return new WebhookRows(new WebhookSource("t", "orders", posted, body), context, () -> nowNs);
  }

  @Test
  void bodiesRemovedBehindAPositionAreMissedByName() throws Exception {
    for (int i = 1; i <= 5; i++) {
      posted.post("{\"id\":" + i + "}", true);
    }
    posted.remove(1);
    WebhookRows first = open();
    String start = first.position();
    assertThat(drain(first)).hasSize(4);
    posted.remove(3);
    WebhookRows late = open();
    assertThatThrownBy(() -> late.seek(start))
        .hasMessageContaining("webhook 'orders' up to body 1, and the 2 bodies behind it are gone")
        .hasMessageContaining("'discard-positions'");
    assertThat(drain(open())).hasSize(2);
  }

  @Test
  void bodiesThatWaitAreItsLag() throws Exception {
    for (int i = 1; i <= 20; i++) {
      posted.post("{\"id\":" + i + "}", false);
    }
    WebhookRows source = open();
    assertThat(source.lag()).hasValue(20);
    source.poll(new RowBatch(ROWS, 2));
    source.poll(new RowBatch(ROWS, 2));
    assertThat(source.lag()).isNotEmpty();
    drain(source);
    nowNs += Duration.ofMillis(500).toNanos();
    drain(source);
    assertThat(source.lag()).hasValue(0);
    posted.post("{\"id\":21}", true);
    assertThat(source.lag()).hasValue(1);
  }

  private static List<String> drain(WebhookRows source) throws Exception {
    List<String> rows = new ArrayList<>();
    Status status = Status.MORE;
    while (status == Status.MORE) {
      RowBatch batch = new RowBatch(ROWS, 2);
      status = source.poll(batch);
      rows.addAll(HttpTable.rows(batch));
    }
    return rows;
  }

  @Test
  void bodiesAreReadInOrderEachWithItsRows() throws Exception {
    posted.post("{\"id\":1}", true);
    posted.post("[{\"id\":2},\n{\"id\":3},{\"id\":4}]", true);
    try (WebhookRows source = open()) {
      assertThat(drain(source)).containsExactly("+I[1]", "+I[2]", "+I[3]", "+I[4]");
      assertThat(source.position()).isEqualTo("hook:orders:2:0:0:0");
      posted.post("{\"id\":5}", true);
      assertThat(drain(source)).containsExactly("+I[5]");
    }
  }

  @Test
  void theDatabaseIsAskedNowAndThenForWhatCameElsewhere() throws Exception {
    try (WebhookRows source = open()) {
      assertThat(drain(source)).isEmpty();
      posted.post("{\"id\":1}", false);
      for (int i = 0; i < 100; i++) {
        assertThat(drain(source)).isEmpty();
      }
      assertThat(posted.questions).isEqualTo(1);
      nowNs += Duration.ofMillis(500).toNanos();
      assertThat(drain(source)).containsExactly("+I[1]");
    }
  }

  @Test
  void whereverItIsStoppedEachRowAndDeadLetterComesOnce() throws Exception {
    posted.post("{\"id\":1}", true);
    posted.post("[{\"id\":2},{\"id\":3},{\"id\":\"x\"}]", true);
    posted.post("nothing", true);
    posted.post("{\"id\":4}", true);
    for (int stopAfter = 0; stopAfter < 10; stopAfter++) {
      List<String> rows = new ArrayList<>();
      context.dead.clear();
      String position;
      try (WebhookRows source = open()) {
        for (int i = 0; i < stopAfter; i++) {
          RowBatch one = new RowBatch(ROWS, 1);
          source.poll(one);
          rows.addAll(HttpTable.rows(one));
        }
        position = source.position();
      }
      try (WebhookRows source = open()) {
        source.seek(position);
        rows.addAll(drain(source));
      }
      assertThat(rows)
          .as("stopped after %d polls", stopAfter)
          .containsExactly("+I[1]", "+I[2]", "+I[3]", "+I[4]");
      assertThat(context.dead)
          .as("stopped after %d polls", stopAfter)
          .hasSize(2)
          .anyMatch(dead -> dead.startsWith("webhook orders/2:1"))
          .anyMatch(dead -> dead.startsWith("webhook orders/3:1 nothing"));
    }
  }

  @Test
  void correctedRecordsAreReadAgainByThemselves() throws Exception {
    Body body =
        new Body(
            ROWS, new JsonFactory().decoding(ROWS, new Options(Map.of())), true, Optional.empty());
    WebhookSource source = new WebhookSource("t", "orders", posted, body);
    List<byte[]> records = List.of("{\"id\":1}".getBytes(UTF_8), "[{\"id\":2}]".getBytes(UTF_8));
    try (RowSource replay = source.replay(records, context)) {
      RowBatch batch = new RowBatch(ROWS, 9);
      assertThat(replay.poll(batch)).isEqualTo(Status.END);
      assertThat(HttpTable.rows(batch)).containsExactly("+I[1]", "+I[2]");
    }
    assertThat(posted.questions).isZero();
  }

  @Test
  void anotherSourcesPositionIsRefused() throws Exception {
    try (WebhookRows source = open()) {
      for (String position : List.of("17", "hook:other:1:0:0:0", "hook:orders:x:0:0:0")) {
        assertThatThrownBy(() -> source.seek(position)).hasMessageContaining("position of table");
      }
    }
  }
}
