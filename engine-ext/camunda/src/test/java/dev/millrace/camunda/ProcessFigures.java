// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.PipelineState;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What batching is worth: starts and correlations per second, one process per event, by pipelines
 * and by one call of the engine after the other, on PostgreSQL with its durability switched on. Not
 * a test of every build:
 *
 * <pre>
 *   mvn -pl engine-ext/camunda -am test -Dtest=ProcessFigures -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>The calls are made by one thread on a warm engine and pay for nothing else; the pipeline's
 * time begins with its deployment, and it also writes unique keys, positions and lineage.
 */
class ProcessFigures {
  private static final int ROUNDS = Integer.getInteger("millrace.figures.rounds", 5);
  private static final int SINGLE = Integer.getInteger("millrace.figures.single", 1_000);
  private static final int BATCHED = Integer.getInteger("millrace.figures.batched", 6_000);

  private static final String ORDER =
      Models.message(
          Models.process(
              "order",
              Models.start("s")
                  + Models.receive("Wait", "Paid")
                  + Models.user("Look")
                  + Models.line("s Wait Look")),
          "Paid");

  private static String pipeline(String name, int round, String sink) {
    return """
        SET 'pipeline.name' = '%1$s-%2$d';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.commit.rows' = '1000';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '%3$d');
        CREATE TABLE sink (id STRING, amount BIGINT) WITH (%4$s, 'business-key-column' = 'id');
        INSERT INTO sink SELECT 'b%2$d-' || CAST(n AS STRING), n FROM numbers;
        """
        .formatted(name, round, BATCHED, sink);
  }

  private record Figures(double single, double batched) {
    double ratio() {
      return batched / single;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%6.0f single, %6.0f batched: %.2f", single, batched, ratio());
    }
  }

  @Test
  void batchingIsWorthIt() throws Exception {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        Stage stage =
            new Stage(
                plugin -> {},
                new TestDatabase(server.getJdbcUrl("postgres", "postgres"), "postgres"))) {
      assertThat(stage.query("SHOW fsync")).containsExactly("on");
      assertThat(stage.query("SHOW synchronous_commit")).containsExactly("on");
      stage.deploy("order.bpmn", ORDER);
      List<Figures> starts = new ArrayList<>();
      List<Figures> correlations = new ArrayList<>();
      for (int round = 0; round <= ROUNDS; round++) {
        Figures started = starts(stage, round);
        Figures correlated = correlations(stage, round);
        if (round > 0) {
          starts.add(started);
          correlations.add(correlated);
          tell("round %d, starts per second:       %s%n", round, started);
          tell("round %d, correlations per second: %s%n", round, correlated);
        }
      }
      tell("starts: %.2f times (median)%n", median(starts));
      tell("correlations: %.2f times (median)%n", median(correlations));
      assertThat(median(starts)).isGreaterThanOrEqualTo(4);
      assertThat(median(correlations)).isGreaterThanOrEqualTo(3.5);
    }
  }

  private static void tell(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }

  private static double median(List<Figures> figures) {
    double[] ratios = figures.stream().mapToDouble(Figures::ratio).sorted().toArray();
    return ratios[ratios.length / 2];
  }

  /** One after the other first in even rounds, the pipeline first in odd ones. */
  private static Figures starts(Stage stage, int round) {
    double[] perSecond = new double[2];
    for (int part : order(round)) {
      perSecond[part] =
          part == 0
              ? perSecond(
                  SINGLE,
                  n ->
                      stage
                          .engine
                          .getRuntimeService()
                          .startProcessInstanceByKey(
                              "order", "s" + round + "-" + n, Map.of("amount", (long) n)))
              : pipelined(
                  stage,
                  "starts",
                  round,
                  "'connector' = 'process-start', 'process-definition-key' = 'order'");
    }
    return new Figures(perSecond[0], perSecond[1]);
  }

  private static Figures correlations(Stage stage, int round) {
    double[] perSecond = new double[2];
    for (int part : order(round)) {
      perSecond[part] =
          part == 0
              ? perSecond(
                  SINGLE,
                  n ->
                      stage
                          .engine
                          .getRuntimeService()
                          .createMessageCorrelation("Paid")
                          .processInstanceBusinessKey("s" + round + "-" + n)
                          .setVariable("amount", (long) n)
                          .correlate())
              : pipelined(
                  stage,
                  "messages",
                  round,
                  "'connector' = 'process-message', 'message-name' = 'Paid', 'ttl' = '1 h'");
    }
    return new Figures(perSecond[0], perSecond[1]);
  }

  private static int[] order(int round) {
    return round % 2 == 0 ? new int[] {0, 1} : new int[] {1, 0};
  }

  @FunctionalInterface
  private interface Call {
    void number(int n);
  }

  private static double perSecond(int count, Call call) {
    long startNs = System.nanoTime();
    for (int n = 1; n <= count; n++) {
      call.number(n);
    }
    return count / ((System.nanoTime() - startNs) / 1e9);
  }

  private static double pipelined(Stage stage, String name, int round, String sink) {
    long startNs = System.nanoTime();
    stage.deploy(name + "-" + round + ".sql", pipeline(name, round, sink));
    stage.until(
        () -> stage.millrace().pipelines().find(name + "-" + round).orElseThrow().state(),
        PipelineState.STOPPED);
    double perSecond = BATCHED / ((System.nanoTime() - startNs) / 1e9);
    assertThat(stage.millrace().inbox().counts()).isEmpty();
    return perSecond;
  }
}
