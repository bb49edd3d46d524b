// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.connector.Channels;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What may replace a pipeline, and where its sources go on then. */
class RedeploymentTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private Pipeline stored(String name) throws Exception {
    return stage.millrace().pipelines().find(name).orElseThrow();
  }

  private void seen() throws Exception {
    stage.sql("CREATE TABLE SEEN (ID BIGINT, MARK VARCHAR(50))");
  }

  private void untilCommitted(String name) {
    stage.untilTrue(() -> stored(name).totals().commits() > 0);
  }

  private static String numbers(String mark) {
    return """
        SET 'pipeline.name' = 'numbers';
        SET 'millrace.start' = 'on-deployment';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '100',
          'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '1000000');
        CREATE TABLE log (id BIGINT, mark STRING) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'seen');
        INSERT INTO log SELECT n, '%s' FROM numbers;
        """
        .formatted(mark);
  }

  /** A pipeline's name is its first tenant's. */
  @Nested
  class OfOthers {
    private static final String TAKEN = "belongs to others; choose another 'pipeline.name'";

    private void deploy(String tenant, String script) {
      stage
          .engine
          .getRepositoryService()
          .createDeployment()
          .tenantId(tenant)
          .addString("numbers.sql", script)
          .deploy();
    }

    private void assertUntouched() throws Exception {
      assertThat(stored("numbers").tenantId()).contains("a");
      stage.sql("DELETE FROM SEEN");
      stage.untilTrue(() -> !stage.query("SELECT ID FROM SEEN").isEmpty());
      assertThat(stage.query("SELECT DISTINCT MARK FROM SEEN")).containsExactly("a");
    }

    @Test
    void aTenantCannotReplaceThePipelineOfAnother() throws Exception {
      seen();
      deploy("a", numbers("a"));
      untilCommitted("numbers");
      for (String policy : List.of("replace", "drain", "discard-state")) {
        String script = "SET 'millrace.on-redeploy' = '" + policy + "';\n" + numbers("b");
        assertThatThrownBy(() -> deploy("b", script)).hasMessageContaining(TAKEN);
        assertThatThrownBy(() -> deploy(null, script)).hasMessageContaining(TAKEN);
      }
      assertUntouched();
    }

    @Test
    void whatThePipelineOfAnotherTenantRemembersIsNotTold() throws Exception {
      seen();
      deploy(
          "a",
          numbers("a")
              .replace("mark STRING", "mark STRING, PRIMARY KEY (id) NOT ENFORCED")
              .replace("'jdbc', 'connection' = 'engine', 'table-name' = 'seen'", "'live-table'")
              .replace("n, 'a' FROM numbers", "MOD(n, 2), 'a' FROM numbers GROUP BY MOD(n, 2)"));
      untilCommitted("numbers");
      assertThatThrownBy(() -> deploy("b", numbers("b")))
          .isInstanceOf(ProcessEngineException.class)
          .hasMessageContaining(TAKEN)
          .hasMessageNotContaining("GroupAggregate")
          .hasMessageNotContaining("MR-BPMN-020");
    }

    @Test
    void aStoppedPipelineIsStillItsTenants() throws Exception {
      seen();
      deploy("a", numbers("a"));
      untilCommitted("numbers");
      stage.millrace().pipelineService().stop("numbers");
      assertThatThrownBy(() -> deploy("b", numbers("b"))).hasMessageContaining(TAKEN);
      assertThat(stored("numbers").state()).isEqualTo(PipelineState.STOPPED);
      deploy("a", numbers("a"));
      assertUntouched();
    }

    @Test
    void ofTwoTenantsThatDeployAtOnceOneGetsTheName() throws Exception {
      seen();
      List<String> tenants = List.of("a", "b", "c", "d");
      CyclicBarrier start = new CyclicBarrier(tenants.size());
      ExecutorService threads = Executors.newFixedThreadPool(tenants.size());
      List<Future<?>> deployments = new ArrayList<>();
      for (String tenant : tenants) {
        deployments.add(
            threads.submit(
                () -> {
                  start.await();
                  deploy(tenant, numbers(tenant));
                  return null;
                }));
      }
      List<String> winners = new ArrayList<>();
      for (int i = 0; i < tenants.size(); i++) {
        try {
          deployments.get(i).get();
          winners.add(tenants.get(i));
        } catch (ExecutionException e) {
          assertThat(e).hasMessageContaining("choose another 'pipeline.name'");
        }
      }
      threads.shutdown();
      assertThat(winners).hasSize(1);
      assertThat(stored("numbers").tenantId()).isEqualTo(Optional.of(winners.get(0)));
      untilCommitted("numbers");
      assertThat(stage.query("SELECT DISTINCT MARK FROM SEEN")).isEqualTo(winners);
    }
  }

  /** Positions belong to what a table reads. */
  @Nested
  class OfSources {
    private void emit(String channel, int from, int to) {
      String name = channel + "-" + from;
      stage.deploy(
          name + ".sql",
          """
          SET 'pipeline.name' = '%s';
          SET 'millrace.start' = 'on-deployment';
          CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
            'fields.n.start' = '%d', 'fields.n.end' = '%d');
          CREATE TABLE items (id BIGINT) WITH ('connector' = 'channel', 'channel-name' = '%s');
          INSERT INTO items SELECT n FROM numbers;
          """
              .formatted(name, from, to, channel));
      stage.until(() -> stored(name).state(), PipelineState.STOPPED);
    }

    /** Reads channels, given as tables and the channels' names in turn. */
    private String reader(String policy, String... tables) {
      StringBuilder script = new StringBuilder();
      StringBuilder insert = new StringBuilder();
      for (int i = 0; i < tables.length; i += 2) {
        script.append(
            """
            CREATE TABLE %s (id BIGINT) WITH ('connector' = 'channel', 'channel-name' = '%s');
            """
                .formatted(tables[i], tables[i + 1]));
        insert.append(i == 0 ? "" : " UNION ALL ").append("SELECT id, '' FROM " + tables[i]);
      }
      return """
          SET 'pipeline.name' = 'reader';
          SET 'millrace.start' = 'on-deployment';
          SET 'millrace.on-redeploy' = '%s';
          CREATE TABLE log (id BIGINT, mark STRING) WITH (
            'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'seen');
          %s
          INSERT INTO log %s;
          """
          .formatted(policy, script, insert);
    }

    private void deploy(String policy, String... tables) {
      stage.deploy("reader.sql", reader(policy, tables));
    }

    private void untilSeen(int... ids) {
      List<String> expected = Arrays.stream(ids).mapToObj(Integer::toString).toList();
      stage.until(() -> stage.query("SELECT ID FROM SEEN ORDER BY ID"), expected);
    }

    private Map<String, String> positions() throws Exception {
      return stage.millrace().store().positions().of("reader");
    }

    @Test
    void aRenamedTableGoesOnWhereItWas() throws Exception {
      seen();
      emit("a", 1, 3);
      deploy("replace", "items", "a");
      untilSeen(1, 2, 3);
      deploy("replace", "things", "a");
      emit("a", 4, 5);
      untilSeen(1, 2, 3, 4, 5);
      assertThat(positions()).isEqualTo(Map.of("things", "5"));
    }

    @Test
    void anotherSourceUnderTheSameNameIsRefusedAndNothingIsReplaced() throws Exception {
      seen();
      emit("a", 1, 3);
      emit("b", 11, 12);
      deploy("replace", "items", "a");
      untilSeen(1, 2, 3);
      assertThatThrownBy(() -> deploy("replace", "items", "b"))
          .hasMessageContaining("MR-BPMN-024")
          .hasMessageContaining("table 'items': 'channel-name' was 'a', now 'b'")
          .hasMessageContaining("'millrace.on-redeploy' = 'discard-state'");
      emit("a", 4, 4);
      untilSeen(1, 2, 3, 4);
    }

    @Test
    void anotherSourceBeginsAtItsStartWhereThatIsAskedForAndTheOthersGoOn() throws Exception {
      seen();
      emit("a", 1, 3);
      emit("b", 11, 12);
      emit("c", 21, 21);
      deploy("replace", "items", "a", "more", "c");
      untilSeen(1, 2, 3, 21);
      deploy("discard-state", "items", "b", "more", "c");
      untilSeen(1, 2, 3, 11, 12, 21);
      stage.until(this::positions, Map.of("items", "2", "more", "1"));
    }

    @Test
    void anotherSourceBeginsAtItsStartOnceTheOldScriptHasEnded() throws Exception {
      seen();
      emit("a", 1, 3);
      emit("b", 11, 12);
      deploy("replace", "items", "a");
      untilSeen(1, 2, 3);
      deploy("drain", "items", "b");
      untilSeen(1, 2, 3, 11, 12);
      assertThat(positions()).isEqualTo(Map.of("items", "2"));
    }

    @Test
    void positionsOfWhatIsReadNoMoreGo() throws Exception {
      seen();
      emit("a", 1, 3);
      emit("b", 11, 12);
      deploy("replace", "items", "a", "more", "b");
      untilSeen(1, 2, 3, 11, 12);
      stage.until(this::positions, Map.of("items", "3", "more", "2"));
      deploy("replace", "items", "a");
      assertThat(positions()).containsOnlyKeys("items");
      emit("a", 4, 4);
      untilSeen(1, 2, 3, 4, 11, 12);
      assertThat(positions()).isEqualTo(Map.of("items", "4"));
    }

    @Test
    void allIsReadFromItsStartWherePositionsAreDiscarded() throws Exception {
      seen();
      emit("a", 1, 2);
      deploy("replace", "items", "a");
      untilSeen(1, 2);
      deploy("discard-positions", "items", "a");
      untilSeen(1, 1, 2, 2);
    }

    @Test
    void positionsOfAnEarlierReleaseGoOnByTheNamesOfTheirTables() throws Exception {
      seen();
      emit("a", 1, 3);
      emit("b", 11, 12);
      deploy("replace", "items", "a", "more", "b");
      untilSeen(1, 2, 3, 11, 12);
      stage.until(this::positions, Map.of("items", "3", "more", "2"));
      stage.sql("UPDATE MR_PIPELINE SET SOURCES = NULL");
      deploy("replace", "items", "a");
      emit("a", 4, 4);
      untilSeen(1, 2, 3, 4, 11, 12);
      assertThat(positions()).isEqualTo(Map.of("items", "4"));
    }

    @Test
    void whatAPipelineOfAnEarlierReleaseReadsIsKnownFromItsScript() throws Exception {
      seen();
      emit("a", 1, 3);
      emit("b", 11, 12);
      deploy("replace", "items", "a");
      untilSeen(1, 2, 3);
      stage.until(this::positions, Map.of("items", "3"));
      stage.sql("UPDATE MR_PIPELINE SET SOURCES = NULL");
      assertThatThrownBy(() -> deploy("replace", "items", "b"))
          .hasMessageContaining("MR-BPMN-024")
          .hasMessageContaining("table 'items': 'channel-name' was 'a', now 'b'");
      deploy("drain", "items", "b");
      untilSeen(1, 2, 3, 11, 12);
      stage.until(this::positions, Map.of("items", "2"));
    }

    /**
     * Counts what it reads of channel c and remembers that; of another table it writes each row.
     */
    private void deployCounting(String... tables) {
      stage.deploy(
          "reader.sql",
          reader("replace", tables)
              + """
              CREATE TABLE counted (id BIGINT) WITH ('connector' = 'channel', 'channel-name' = 'c');
              CREATE TABLE totals (part BIGINT, n BIGINT, PRIMARY KEY (part) NOT ENFORCED) WITH (
                'connector' = 'live-table');
              INSERT INTO totals SELECT MOD(id, 2), COUNT(*) FROM counted GROUP BY MOD(id, 2);
              """);
    }

    @Test
    void aNameWhoseRowsMayBeReadAgainIsNotGivenToAnotherSource() throws Exception {
      seen();
      emit("a", 1, 3);
      emit("b", 11, 12);
      emit("c", 1, 1);
      deployCounting("items", "a");
      untilSeen(1, 2, 3);
      assertThatThrownBy(() -> deployCounting("old_items", "a", "items", "b"))
          .hasMessageContaining("MR-BPMN-024")
          .hasMessageContaining(
              "table 'items' is now called 'old_items', and its name is another source's");
      deployCounting("old_items", "a", "new_items", "b");
      untilSeen(1, 2, 3, 11, 12);
    }

    @Test
    void aNameOfATableThatIsGoneIsFreeOnceItsRowsAreNotReadAgain() throws Exception {
      seen();
      emit("a", 1, 3);
      emit("b", 11, 12);
      emit("d", 21, 21);
      emit("c", 1, 1);
      deployCounting("items", "a");
      untilSeen(1, 2, 3);
      deployCounting("more", "b");
      untilSeen(1, 2, 3, 11, 12);
      assertThatThrownBy(() -> deployCounting("more", "b", "items", "d"))
          .hasMessageContaining("MR-BPMN-024")
          .hasMessageContaining(
              "table 'items' has the name of one that is gone and whose rows may be read again");
      for (int i = 2; i <= 3; i++) {
        long commits = stored("reader").totals().commits();
        emit("c", i, i);
        stage.untilTrue(() -> stored("reader").totals().commits() > commits);
        stage.millrace().pipelineService().checkpoint("reader");
        stage.until(() -> stored("reader").wish(), Optional.empty());
      }
      deployCounting("more", "b", "items", "d");
      untilSeen(1, 2, 3, 11, 12, 21);
    }

    private int trim(String channel) throws Exception {
      return stage.millrace().store().channels().trim(new Channels.Name("", channel));
    }

    @Test
    void whileTheOldScriptIsDrainedChannelsWaitForBoth() throws Exception {
      seen();
      emit("a", 1, 3);
      emit("b", 11, 12);
      deploy("replace", "items", "a");
      untilSeen(1, 2, 3);
      stage.until(this::positions, Map.of("items", "3"));
      stage.millrace().pipelineService().pause("reader");
      stage.until(() -> stored("reader").state(), PipelineState.PAUSED);
      emit("a", 4, 7);
      deploy("drain", "items", "b");
      stage.sql("UPDATE MR_CHANNEL SET KEEP_MS = 0");
      assertThat(trim("a")).as("what the old script has passed").isEqualTo(3);
      assertThat(trim("b")).as("what the new one will read").isZero();
      stage.millrace().pipelineService().resume("reader");
      stage.untilTrue(() -> stage.query("SELECT ID FROM SEEN").contains("12"));
      assertThat(positions()).isEqualTo(Map.of("items", "2"));
      assertThat(trim("a")).as("what nobody reads").isEqualTo(4);
      assertThat(trim("b")).isEqualTo(2);
    }

    @Test
    void eventsRemovedWhileAPipelineWasStoppedAreMissedByName() throws Exception {
      seen();
      emit("a", 1, 3);
      deploy("replace", "items", "a");
      untilSeen(1, 2, 3);
      stage.until(this::positions, Map.of("items", "3"));
      stage.millrace().pipelineService().stop("reader");
      emit("a", 4, 7);
      stage.sql("UPDATE MR_CHANNEL SET KEEP_MS = 0");
      assertThat(stage.millrace().store().channels().trim(new Channels.Name("", "a"))).isEqualTo(7);
      emit("a", 8, 8);
      stage.millrace().pipelineService().start("reader");
      stage.until(() -> stored("reader").state(), PipelineState.INCIDENT);
      assertThat(stored("reader").failure().orElseThrow().text())
          .contains("channel 'a' up to event 3, and the 4 events behind it are gone")
          .contains("'discard-positions'");
      deploy("discard-positions", "items", "a");
      untilSeen(1, 2, 3, 8);
    }
  }
}
