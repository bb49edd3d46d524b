// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import dev.millrace.camunda.inbox.InboxService;
import dev.millrace.store.InboxMessage;
import dev.millrace.store.InboxQuery;
import dev.millrace.store.InboxState;
import dev.millrace.store.PipelineState;
import java.sql.SQLException;
import java.time.Duration;

/** Messages that find nobody, as {@link Workload}. */
record Messages(Node node, Steps steps, Flows flows) {
  /** Their receivers come one after the other. */
  void early(int number) throws Exception {
    send(number, "'ttl' = '1 h'");
    for (int i = 1; i <= 2; i++) {
      String key = "m" + number + "-" + i;
      steps.once(
          key, db -> node.engine.getRuntimeService().startProcessInstanceByKey("receiver", key));
      steps.until(() -> node.engine.getRuntimeService().createProcessInstanceQuery().count() == 0);
    }
  }

  void lost(int number) throws Exception {
    send(number, "'ttl' = '1 ms'");
    steps.until(() -> inbox().counts().get(InboxState.BUFFERED) == null);
  }

  /** One by one, and those of other pieces with them. */
  void sweep(int number) throws Exception {
    lost(number);
    for (int forgotten = 1; forgotten > 0; ) {
      forgotten = forget();
    }
  }

  private int forget() throws SQLException {
    return node.millrace().store().inbox().forget(Duration.ZERO, 1);
  }

  /** What they lead to when they expire is not there. */
  void rejected(int number) throws Exception {
    send(
        number,
        "'ttl' = '1 ms', 'on-expiry' = 'start', 'on-expiry.process-definition-key' = 'nowhere'");
    steps.until(() -> inbox().counts().get(InboxState.BUFFERED) == null);
    for (InboxMessage each : inbox().list(InboxQuery.Filter.all(100).in(InboxState.REJECTED))) {
      inbox().startProcess(each.id(), "trivial");
    }
  }

  private InboxService inbox() {
    return node.millrace().inbox();
  }

  /** Two messages, one by one, for instances that are not there. */
  private void send(int number, String options) throws Exception {
    String name = "p" + number + "-m";
    String script =
        """
        SET 'pipeline.name' = '%1$s';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.commit.rows' = '1';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '100', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '2');
        CREATE TABLE pings (id STRING, n BIGINT) WITH (
          'connector' = 'process-message', 'message-name' = 'ping', 'business-key-column' = 'id',
          %3$s);
        INSERT INTO pings SELECT 'm%2$d-' || CAST(n AS STRING), n FROM numbers;
        """
            .formatted(name, number, options);
    flows.deploy("messages" + number, script);
    flows.until(name, PipelineState.STOPPED);
  }
}
