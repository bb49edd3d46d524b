// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Two hundred orders on a node that is killed twenty times at random moments, over a PostgreSQL
 * that syncs what it commits: every order is shipped or cancelled exactly once, and the books add
 * up.
 */
class CrashTest {
  private static final int KILLS = 20;
  private static final int ORDERS_PER_LIFE = 10;
  private static final int ORDERS = KILLS * ORDERS_PER_LIFE;
  private static final int LONGEST_LIFE_MS = 1500;
  private static final int LAST_LIFE_MINUTES = 5;

  @Test
  void ordersSurviveTwentyKillsExactlyOnce() throws Exception {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start()) {
      DataSource dataSource = postgres.getPostgresDatabase();
      new ResourceDatabasePopulator(
              new ClassPathResource("schema.sql"), new ClassPathResource("data.sql"))
          .execute(dataSource);
      String url = postgres.getJdbcUrl("postgres", "postgres");
      SplittableRandom random = new SplittableRandom();
      for (int kill = 1; kill <= KILLS; kill++) {
        liveAndBeKilled(url, kill * ORDERS_PER_LIFE, random.nextInt(LONGEST_LIFE_MS));
      }
      liveToTheEnd(url);
      assertBooksAddUp(JdbcClient.create(dataSource));
    }
  }

  private static void liveAndBeKilled(String url, int lastOrder, int lifeMs) throws Exception {
    Process node = start(url, lastOrder);
    try (BufferedReader lines = node.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lineOf(lines)).isEqualTo("READY");
      TimeUnit.MILLISECONDS.sleep(lifeMs);
    } finally {
      node.destroyForcibly().waitFor();
    }
  }

  private static void liveToTheEnd(String url) throws Exception {
    Process node = start(url, ORDERS);
    try (BufferedReader lines = node.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lineOf(lines)).isEqualTo("READY");
      assertThat(node.onExit().orTimeout(LAST_LIFE_MINUTES, TimeUnit.MINUTES).get().exitValue())
          .isZero();
      assertThat(lineOf(lines)).isEqualTo("DONE");
    } finally {
      node.destroyForcibly().waitFor();
    }
  }

  /** The next line that is not the log's; null at the end. */
  private static String lineOf(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !List.of("READY", "DONE").contains(line)) {
      line = lines.readLine();
    }
    return line;
  }

  private static Process start(String url, int lastOrder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dlogging.level.root=WARN",
            "-cp",
            System.getProperty("java.class.path"),
            CrashNode.class.getName(),
            url,
            Integer.toString(lastOrder))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void assertBooksAddUp(JdbcClient database) {
    assertThat(
            number(database, "SELECT COUNT(*) FROM act_hi_procinst WHERE proc_def_key_ = 'order'"))
        .isEqualTo(ORDERS);
    assertThat(
            number(
                database,
                "SELECT COUNT(DISTINCT business_key_) FROM act_hi_procinst WHERE proc_def_key_ = 'order'"))
        .isEqualTo(ORDERS);
    long shipped = endedAt(database, "OrderShipped");
    long cancelled = endedAt(database, "OrderCancelled");
    assertThat(shipped + cancelled).isEqualTo(ORDERS);
    assertThat(shipped).isPositive();
    assertThat(cancelled).isPositive();
    assertThat(number(database, "SELECT COUNT(*) FROM act_ru_execution")).isZero();
    assertThat(number(database, "SELECT COUNT(*) FROM act_ru_incident")).isZero();
    assertThat(number(database, "SELECT COUNT(*) FROM charges")).isEqualTo(shipped);
    assertThat(number(database, "SELECT COUNT(*) FROM shipments")).isEqualTo(shipped);
    assertThat(
            number(
                database,
                """
                SELECT COUNT(*) FROM charges c JOIN act_hi_procinst p
                  ON p.business_key_ = 'order-' || c.order_key AND p.proc_def_key_ = 'order'
                WHERE p.end_act_id_ = 'OrderShipped'"""))
        .isEqualTo(shipped);
    assertThat(
            database
                .sql(
                    """
                    SELECT s.sku FROM stock s
                    WHERE s.received - s.qty <>
                      COALESCE((SELECT SUM(h.quantity) FROM shipments h WHERE h.sku = s.sku), 0)""")
                .query(Long.class)
                .list())
        .as("articles whose stock does not add up")
        .isEmpty();
  }

  private static long endedAt(JdbcClient database, String endEvent) {
    return database
        .sql("SELECT COUNT(*) FROM act_hi_procinst WHERE end_act_id_ = ?")
        .params(endEvent)
        .query(Long.class)
        .single();
  }

  private static long number(JdbcClient database, String sql) {
    return database.sql(sql).query(Long.class).single();
  }
}
