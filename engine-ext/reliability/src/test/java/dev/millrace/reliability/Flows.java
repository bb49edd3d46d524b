// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import dev.millrace.camunda.deadletter.Correction;
import dev.millrace.camunda.pipeline.PipelineService;
import dev.millrace.engine.DeadLetter;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.PipelineState;
import dev.millrace.store.StoredDeadLetter;
import java.util.List;
import java.util.Map;

/** Work of pipelines, as {@link Workload}. The ledger of each is a number in table ENTRY. */
record Flows(Node node, Steps steps) {
  /** A number no pipeline comes to. */
  static final long CORRECTED = 1_000_000_000;

  private static final int UNHURRIED = 50;

  /** Two, one after the other: a point behind the end of one is reached once more by the other. */
  void flow(int number, int rowsPerSecond) throws Exception {
    for (int i = 0; i < 2; i++) {
      until(deploy(number, 2 * number + i, rowsPerSecond, "n"), PipelineState.STOPPED);
    }
  }

  /** One after the other, so that the second fails though its node died with the first. */
  void broken(int number) throws Exception {
    for (int i = 0; i < 2; i++) {
      String value = "CAST('x' || CAST(n AS STRING) AS BIGINT)";
      until(deploy(number, 2 * number + i, 400, value), PipelineState.INCIDENT);
    }
  }

  /** Its node stops when a row has come; the last one sees it to its end. */
  void leave(int number, boolean last) throws Exception {
    int ledger = 2 * number;
    String rows = "SELECT COUNT(*) FROM ENTRY WHERE PIECE = " + ledger;
    long before = steps.number(rows);
    String name = deploy(number, ledger, UNHURRIED, "n");
    if (last) {
      until(name, PipelineState.STOPPED);
    } else {
      steps.until(() -> steps.number(rows) > before);
    }
  }

  void steer(int number) throws Exception {
    String name = deploy(number, 2 * number, UNHURRIED, "n");
    PipelineService pipelines = node.millrace().pipelineService();
    if (state(name) == PipelineState.RUNNING) {
      pipelines.pause(name);
    }
    if (state(name) == PipelineState.PAUSED) {
      pipelines.resume(name);
    }
    until(name, PipelineState.STOPPED);
  }

  void remember(int number) throws Exception {
    String name = "p" + number + "-t";
    count(number, name);
    PipelineService pipelines = node.millrace().pipelineService();
    if (state(name) == PipelineState.RUNNING) {
      pipelines.checkpoint(name);
    }
    steps.until(() -> steps.number("SELECT COUNT(*) FROM MR_PIPELINE WHERE WISH IS NOT NULL") == 0);
    drain(name);
  }

  /** Begins to add up the numbers from 1 on. */
  private void count(int number, String name) throws Exception {
    String script =
        """
        SET 'pipeline.name' = '%2$s';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.snapshot.interval' = '20 ms';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '400', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '1000000');
        CREATE TABLE total (piece BIGINT, n BIGINT, s BIGINT, PRIMARY KEY (piece) NOT ENFORCED)
        WITH ('connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'total');
        INSERT INTO total SELECT piece, COUNT(*), SUM(n)
        FROM (SELECT CAST(%1$d AS BIGINT) AS piece, n FROM numbers) GROUP BY piece;
        """
            .formatted(number, name);
    deploy("total" + number, script);
    steps.until(() -> steps.number("SELECT COUNT(*) FROM TOTAL WHERE PIECE = " + number) == 1);
  }

  private void drain(String name) throws Exception {
    if (state(name) == PipelineState.RUNNING) {
      node.millrace().pipelineService().drain(name);
    }
    until(name, PipelineState.STOPPED);
  }

  /** Two numbers more than the pipeline has read, each once in its sum. */
  void recount(int number) throws Exception {
    String name = "p" + number + "-l";
    count(number, name);
    steps.once(
        "put aside" + number,
        db ->
            node.millrace()
                .store()
                .deadLetters()
                .appendToPipeline(db, name, List.of(unread("here"), unread("there"))));
    DeadLetters.Filter open = new DeadLetters.Filter(name, null, null, StoredDeadLetter.State.OPEN);
    for (StoredDeadLetter each : node.millrace().deadLetters().list(open, 0, 2)) {
      node.millrace().deadLetters().replay(each.id(), Correction.NONE, null);
    }
    String replayed =
        "SELECT COUNT(*) FROM MR_DEAD_LETTER WHERE STATE = 'REPLAYED' AND PIPELINE = '%s'";
    steps.until(() -> steps.number(replayed.formatted(name)) == 2);
    drain(name);
  }

  private static DeadLetter unread(String position) {
    Map<String, Object> row = Map.of("n", CORRECTED);
    return new DeadLetter(
        DeadLetter.Side.SOURCE, "numbers", null, row, row.toString(), position, "wrong", false);
  }

  /** Two rows more than the pipeline has read, into a ledger of their own. */
  void replay(int number) throws Exception {
    String name = deploy(number, 2 * number, 400, "n");
    until(name, PipelineState.STOPPED);
    steps.once(
        "letters" + number,
        db ->
            node.millrace()
                .store()
                .deadLetters()
                .appendToPipeline(db, name, List.of(letter(number, 1000), letter(number, 1001))));
    DeadLetters.Filter open = new DeadLetters.Filter(name, null, null, StoredDeadLetter.State.OPEN);
    for (StoredDeadLetter each : node.millrace().deadLetters().list(open, 0, 2)) {
      node.millrace().deadLetters().replay(each.id(), Correction.NONE, null);
    }
  }

  private static DeadLetter letter(int number, long n) {
    Map<String, Object> row = Map.of("piece", 2L * number + 1, "n", n);
    return new DeadLetter(
        DeadLetter.Side.SINK, "entry", null, row, row.toString(), "", "it was refused", false);
  }

  private String deploy(int number, int ledger, int rowsPerSecond, String value) {
    String name = "p%d-%d".formatted(number, ledger);
    String script =
        """
        SET 'pipeline.name' = '%1$s';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.commit.rows' = '4';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '%3$d', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '%4$d');
        CREATE TABLE entry (piece BIGINT, n BIGINT) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'entry');
        INSERT INTO entry SELECT %2$d, %5$s FROM numbers;
        """
            .formatted(name, ledger, rowsPerSecond, Workload.ROWS, value);
    deploy("flow" + ledger, script);
    return name;
  }

  /** Once. */
  void deploy(String file, String script) {
    steps.once(
        file,
        db ->
            node.engine
                .getRepositoryService()
                .createDeployment()
                .addString(file + ".sql", script)
                .deploy());
  }

  private PipelineState state(String name) throws Exception {
    return node.millrace().pipelines().find(name).orElseThrow().state();
  }

  void until(String name, PipelineState state) throws Exception {
    steps.until(() -> state(name) == state);
  }
}
