// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.spi.outbox.OutboxTarget;
import dev.millrace.store.PendingOutbox;
import dev.millrace.store.PipelineState;
import java.util.function.IntFunction;

/** Records for other systems, as {@link Workload}. */
record Sending(Node node, Steps steps, Flows flows) {
  /**
   * Two halves, one after the other.
   *
   * @param connection a half's broker
   */
  void send(int number, IntFunction<String> connection) throws Exception {
    for (int half = 1; half <= 2; half++) {
      String value = "'%d-%d-' || CAST(n AS STRING)".formatted(number, half);
      send(number, half, connection.apply(half), Workload.ROWS, value);
    }
  }

  /** Two records that no broker takes. */
  void tooMuch(int number) throws Exception {
    for (int half = 1; half <= 2; half++) {
      send(number, half, "local", 1, "REPEAT('x', 2000000)");
      String letters = "SELECT COUNT(*) FROM MR_DEAD_LETTER WHERE PIPELINE = 'p%d-o%d'";
      int refused = half;
      steps.until(() -> steps.number(letters.formatted(number, refused)) == 1);
    }
  }

  private void send(int number, int half, String connection, int rows, String value)
      throws Exception {
    String name = "p%d-o%d".formatted(number, half);
    String script =
        """
        SET 'pipeline.name' = '%1$s';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.commit.rows' = '4';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '400', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '%2$d');
        CREATE TABLE sent (v STRING) WITH (
          'connector' = 'kafka', 'connection' = '%3$s', 'topic' = 'sent', 'format' = 'raw');
        INSERT INTO sent SELECT %4$s FROM numbers;
        """
            .formatted(name, rows, connection, value);
    flows.deploy("send%d-%d".formatted(number, half), script);
    flows.until(name, PipelineState.STOPPED);
    steps.until(() -> steps.number("SELECT COUNT(*) FROM MR_OUTBOX") == 0);
  }

  /** A record that nobody can send, until it is taken away. */
  void nowhere(int number) throws Exception {
    OutboxTarget target = new OutboxTarget("nowhere", Integer.toString(number));
    steps.once(
        "nowhere" + number,
        db -> {
          PendingOutbox outbox = node.millrace().store().outboxes().ofPipeline(db, "nobody", 1);
          outbox.append(target, new OutboxRecord("", "d", null, new byte[1], new byte[0]));
          outbox.flush();
        });
    String attempts = "SELECT ATTEMPTS FROM MR_OUTBOX_TARGET WHERE TARGET = '" + target + "'";
    steps.until(() -> steps.number(attempts) >= 3);
    steps.once(
        "gone from nowhere" + number,
        db -> Steps.execute(db, "DELETE FROM MR_OUTBOX WHERE TARGET = '" + target + "'"));
  }
}
