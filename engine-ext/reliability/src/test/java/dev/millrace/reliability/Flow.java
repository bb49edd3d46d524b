// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.camunda.MillracePlugin;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A pipeline without end that writes the numbers from 1 on, each with who wrote it and when:
 * whether any is lost, doubled, or written by a node that had lost it, can be read from the table.
 */
final class Flow {
  static final String TABLE =
      """
      CREATE TABLE NUMBERS_SEEN (
        N BIGINT,
        WRITER VARCHAR(100) DEFAULT current_setting('application_name'),
        WRITTEN_AT TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp(),
        ARRIVAL BIGINT GENERATED ALWAYS AS IDENTITY)
      """;

  private static final String SCRIPT =
      """
      SET 'pipeline.name' = 'numbers';
      SET 'millrace.start' = 'on-deployment';
      CREATE TABLE numbers (n BIGINT) WITH (
        'connector' = 'datagen', 'rows-per-second' = '500', 'fields.n.kind' = 'sequence',
        'fields.n.start' = '1', 'fields.n.end' = '1000000000');
      CREATE TABLE seen (n BIGINT) WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'numbers_seen');
      INSERT INTO seen SELECT n FROM numbers;
      """;

  private static final long PATIENCE_MS = 60_000;

  private final Server server;

  Flow(Server server) {
    this.server = server;
  }

  /** Makes the pipeline known; some node will run it. */
  static Flow deploy(Server server) throws SQLException {
    server.execute(TABLE);
    Consumer<MillracePlugin> nothing = plugin -> {};
    try (Plug plug = new Plug(server.dataSource());
        Node node = Node.start(plug.dataSource(), nothing)) {
      node.engine
          .getRepositoryService()
          .createDeployment()
          .addString("numbers.sql", SCRIPT)
          .deploy();
    }
    return new Flow(server);
  }

  long count() throws SQLException {
    return server.number("SELECT COUNT(*) FROM NUMBERS_SEEN");
  }

  /** Milliseconds since 1970 of the database. */
  long now() throws SQLException {
    return server.number("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");
  }

  /** The node that wrote last. */
  String writer() throws SQLException {
    return server.texts("SELECT WRITER FROM NUMBERS_SEEN ORDER BY ARRIVAL DESC LIMIT 1").get(0);
  }

  /** Waits until rows come; returns when the first since a time was written. */
  long awaitRowsSince(long sinceMs) throws Exception {
    String sql =
        """
        SELECT CAST(EXTRACT(EPOCH FROM MIN(WRITTEN_AT)) * 1000 AS BIGINT) FROM NUMBERS_SEEN
        WHERE WRITTEN_AT > TO_TIMESTAMP(%d / 1000.0)
        """
            .formatted(sinceMs);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    while (server.texts(sql).get(0) == null) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("no rows for " + PATIENCE_MS + " ms");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return server.number(sql);
  }

  /** None lost, none doubled, in order. */
  void assertExact() throws SQLException {
    assertThat(server.texts("SELECT N FROM NUMBERS_SEEN GROUP BY N HAVING COUNT(*) > 1"))
        .as("written twice")
        .isEmpty();
    assertThat(server.number("SELECT MAX(N) - COUNT(*) FROM NUMBERS_SEEN")).as("lost").isZero();
    assertThat(
            server.number(
                """
                SELECT COUNT(*) FROM (
                  SELECT N, LAG(N) OVER (ORDER BY ARRIVAL) AS BEFORE FROM NUMBERS_SEEN) AS S
                WHERE BEFORE > N"""))
        .as("out of order")
        .isZero();
  }

  /** How often the writer changed along the order of arrival. */
  long changesOfWriter() throws SQLException {
    return server.number(
        """
        SELECT COUNT(*) FROM (
          SELECT WRITER, LAG(WRITER) OVER (ORDER BY ARRIVAL) AS BEFORE FROM NUMBERS_SEEN) AS S
        WHERE BEFORE <> WRITER""");
  }
}
