// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.connector.Hooks;
import dev.millrace.store.HookBodies.Receipt;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HookBodiesTest {
  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(TestDatabase.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(TestDatabase.POSTGRESQL);
    }
  }

  abstract static class Cases extends StoreTest {
    Cases(TestDatabase database) {
      super(database);
    }

    private Receipt post(String key, String text) throws SQLException {
      byte[] bytes = text.getBytes(UTF_8);
      return store
          .hookBodies()
          .receive("orders", new HookBodies.Posted(key, text, "text/plain", bytes), 3);
    }

    private List<String> read(long after) throws SQLException {
      return store.hookBodies().read("orders", after, 100).stream()
          .map(body -> body.sequence() + " " + new String(body.bytes(), UTF_8))
          .toList();
    }

    /** A pipeline reads the hook up to a sequence. */
    private void readTo(String pipeline, long sequence) throws SQLException {
      inTransaction(
          connection -> {
            PipelineDeployments.NewPipeline made =
                new PipelineDeployments.NewPipeline(pipeline, "a.sql", "1", "d1", null, "", "");
            if (store.pipelines().find(pipeline).isEmpty()) {
              store
                  .deployments()
                  .deploy(connection, made, PipelineDeployments.Redeployment.REPLACE);
            }
            return null;
          });
      Claim claim =
          store.pipelines().claim("node", 9, LEASE).stream()
              .map(Pipeline::claim)
              .filter(each -> each.id().equals(pipeline))
              .findFirst()
              .orElseGet(() -> held(pipeline));
      inTransaction(
          connection -> {
            String position = Hooks.position("orders", sequence, "0:0");
            store.pipelines().advance(connection, claim, Map.of("t", position), METRICS);
            return null;
          });
    }

    private Claim held(String pipeline) {
      try {
        return store.pipelines().find(pipeline).orElseThrow().claim();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Test
    void bodiesAreReadInOrderAndARepetitionIsStoredOnce() throws SQLException {
      store.hookBodies().open("orders");
      store.hookBodies().open("orders");
      assertThat(post("a", "one")).isEqualTo(new Receipt.Stored(1));
      assertThat(post(null, "two")).isEqualTo(new Receipt.Stored(2));
      assertThat(post("a", "one")).isEqualTo(new Receipt.Repeated(1));
      assertThat(post("a", "other")).isEqualTo(new Receipt.Contradiction());
      assertThat(post(null, "two")).isEqualTo(new Receipt.Stored(3));
      assertThat(read(0)).containsExactly("1 one", "2 two", "3 two");
      assertThat(read(2)).containsExactly("3 two");
    }

    @Test
    void tooManyUnreadAreNotTakenUntilTheSlowestHasRead() throws SQLException {
      store.hookBodies().open("orders");
      for (int i = 0; i < 3; i++) {
        post("k" + i, "x");
      }
      assertThat(post(null, "y")).isEqualTo(new Receipt.Full(3));
      assertThat(post("k1", "x")).isEqualTo(new Receipt.Repeated(2));
      readTo("fast", 3);
      assertThat(post(null, "y")).isEqualTo(new Receipt.Stored(4));
      readTo("slow", 1);
      assertThat(post(null, "y")).isEqualTo(new Receipt.Full(3));
      assertThat(store.hookBodies().unread("orders")).isEqualTo(3);
      readTo("slow", 3);
      assertThat(post(null, "y")).isEqualTo(new Receipt.Stored(5));
    }

    @Test
    void whatAllHaveReadIsRemovedAfterAWhile() throws SQLException {
      store.hookBodies().open("orders");
      post("a", "one");
      post("b", "two");
      Duration day = Duration.ofDays(1);
      assertThat(store.hookBodies().remove("orders", Duration.ZERO)).isEmpty();
      readTo("reader", 1);
      clock.advance(Duration.ofHours(23));
      assertThat(store.hookBodies().remove("orders", day)).isEmpty();
      clock.advance(Duration.ofHours(2));
      assertThat(store.hookBodies().remove("orders", day)).contains(1L);
      assertThat(read(0)).containsExactly("2 two");
      assertThat(post("a", "one")).isEqualTo(new Receipt.Stored(3));
    }

    @Test
    void manySendersGetSequencesWithoutGapsAndAKeyOnce() throws Exception {
      store.hookBodies().open("orders");
      ExecutorService senders = Executors.newFixedThreadPool(8);
      try {
        List<Callable<Receipt>> posts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
          String key = i % 3 == 0 ? "same" : "k" + i;
          HookBodies.Posted posted =
              new HookBodies.Posted(key, "d", "text/plain", new byte[] {(byte) i});
          posts.add(() -> store.hookBodies().receive("orders", posted, 1000));
        }
        List<Long> stored = new ArrayList<>();
        for (Future<Receipt> receipt : senders.invokeAll(posts)) {
          if (receipt.get() instanceof Receipt.Stored each) {
            stored.add(each.sequence());
          }
        }
        assertThat(stored)
            .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 41).boxed().toList());
      } finally {
        senders.shutdownNow();
      }
    }
  }
}
