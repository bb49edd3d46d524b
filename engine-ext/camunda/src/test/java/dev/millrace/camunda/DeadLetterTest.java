// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.camunda.deadletter.Correction;
import dev.millrace.camunda.deadletter.DeadLetterService;
import dev.millrace.engine.DeadLetter;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.PipelineState;
import dev.millrace.store.StoredDeadLetter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows of a pipeline that cannot be processed. */
class DeadLetterTest {
  @TempDir Path folder;
  private Stage stage;
  private DeadLetterService letters;

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(plugin -> plugin.setFileRootPaths(Map.of("in", folder)));
    letters = stage.millrace().deadLetters();
    stage.sql("CREATE TABLE STOCK (ID BIGINT PRIMARY KEY, NAME VARCHAR(5), QTY INT)");
  }

  @AfterEach
  void close() {
    stage.close();
  }

  /** Runs the fruit pipeline over these lines, to its end. */
  private void run(String settings, PipelineState end, String... lines) throws Exception {
    Files.writeString(folder.resolve("fruit.csv"), String.join("\n", lines));
    stage.deploy(
        "fruit.sql",
        """
        SET 'pipeline.name' = 'fruit';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.on-data-error' = 'dead-letter';
        %s
        CREATE TABLE fruit (id BIGINT, name STRING, qty STRING) WITH (
          'connector' = 'filesystem', 'path' = 'in/fruit.csv', 'format' = 'csv');
        CREATE TABLE stock (id BIGINT, name STRING, qty INT, PRIMARY KEY (id) NOT ENFORCED) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'stock');
        INSERT INTO stock SELECT id, name, CAST(qty AS INT) FROM fruit;
        """
            .formatted(settings));
    stage.until(() -> stage.millrace().pipelines().find("fruit").orElseThrow().state(), end);
  }

  private List<StoredDeadLetter> all() {
    return letters.list(new DeadLetters.Filter("fruit", null, null, null), 0, 100);
  }

  private List<String> stock() throws Exception {
    return stage.query("SELECT ID || ' ' || NAME || ' ' || QTY FROM STOCK ORDER BY ID");
  }

  private static Correction bytes(String text) {
    return new Correction(
        Optional.empty(), Optional.of(text.getBytes(StandardCharsets.UTF_8)), List.of());
  }

  private static Correction rows(String table, Map<String, Object> row) {
    return new Correction(Optional.ofNullable(table), Optional.empty(), List.of(row));
  }

  @Test
  void aRecordThatCannotBeReadIsKeptWithItsBytesAndReplayedOnceCorrected() throws Exception {
    run("", PipelineState.STOPPED, "1,apple,3", "x,pear,5", "3,plum,7");
    assertThat(stock()).containsExactly("1 apple 3", "3 plum 7");
    StoredDeadLetter stored = all().get(0);
    assertThat(all()).hasSize(1);
    assertThat(stored.letter().side()).isEqualTo(DeadLetter.Side.SOURCE);
    assertThat(stored.letter().table()).isEqualTo("fruit");
    assertThat(stored.letter().bytes()).asString(StandardCharsets.UTF_8).isEqualTo("x,pear,5");
    assertThat(stored.letter().position()).endsWith("fruit.csv:2");

    // it fails again, and stays open
    assertThatThrownBy(() -> letters.replay(stored.id(), Correction.NONE, "demo"))
        .hasMessageContaining("x,pear,5");
    assertThat(letters.find(stored.id()).orElseThrow().state())
        .isEqualTo(StoredDeadLetter.State.OPEN);

    assertThat(letters.replay(stored.id(), bytes("2,pear,5"), "demo").rowsOut()).isEqualTo(1);
    assertThat(stock()).containsExactly("1 apple 3", "2 pear 5", "3 plum 7");
    assertThat(letters.find(stored.id()).orElseThrow().endedBy()).contains("demo");
    assertThatThrownBy(() -> letters.replay(stored.id(), bytes("9,pear,5"), "demo"))
        .hasMessageContaining("is REPLAYED");
    assertThatThrownBy(() -> letters.discard(stored.id(), "demo"))
        .hasMessageContaining("is REPLAYED");
    assertThat(stock()).hasSize(3);
  }

  @Test
  void aRowThatCannotBeComputedIsReplayedAsRowsOfItsTable() throws Exception {
    run("", PipelineState.STOPPED, "1,apple,three", "2,pear,5");
    StoredDeadLetter stored = all().get(0);
    assertThat(stored.letter().side()).isEqualTo(DeadLetter.Side.SOURCE);
    assertThat(stored.letter().row()).containsEntry("qty", "three").containsEntry("id", 1L);
    assertThat(stored.letter().position()).isEqualTo("near the beginning of fruit");
    assertThatThrownBy(() -> letters.replay(stored.id(), rows(null, Map.of("colour", "red")), null))
        .hasMessageContaining("it is missing");
    letters.replay(stored.id(), rows(null, Map.of("id", 1, "name", "apple", "qty", "3")), null);
    assertThat(stock()).containsExactly("1 apple 3", "2 pear 5");
  }

  @Test
  void aRowTheDatabaseRefusesIsReplayedIntoItsTableAsItIs() throws Exception {
    run("", PipelineState.STOPPED, "1,apple,3", "2,pomegranate,5");
    StoredDeadLetter stored = all().get(0);
    assertThat(stored.letter().side()).isEqualTo(DeadLetter.Side.SINK);
    assertThat(stored.letter().row().toString()).containsIgnoringCase("qty=5");
    stage.sql("ALTER TABLE STOCK ALTER COLUMN NAME " + stage.type("VARCHAR(50)"));
    letters.replay(stored.id(), Correction.NONE, null);
    assertThat(stock()).containsExactly("1 apple 3", "2 pomegranate 5");
  }

  @Test
  void aMaskedColumnIsNowhereInWhatIsKept() throws Exception {
    run(
        "SET 'millrace.mask' = 'fruit.name, stock.name';",
        PipelineState.STOPPED,
        "x,secretpear,5",
        "1,secretapple,three",
        "2,secretpomegranate,5");
    assertThat(all()).hasSize(3).allMatch(each -> each.letter().masked());
    assertThat(stage.query("SELECT RECORD_TEXT || ERROR_TEXT || POSITION_TEXT FROM MR_DEAD_LETTER"))
        .noneMatch(text -> text.contains("secret"))
        .anyMatch(text -> text.contains("three"));
    assertThat(all()).allMatch(each -> each.letter().bytes() == null);
    assertThat(all()).noneMatch(each -> each.letter().row().toString().contains("secret"));
    long first = all().get(0).id();
    assertThatThrownBy(() -> letters.replay(first, Correction.NONE, null))
        .hasMessageContaining("masked");
    letters.replay(first, rows("fruit", Map.of("id", 7, "name", "pear", "qty", "5")), null);
    assertThat(stock()).containsExactly("7 pear 5");
  }

  @Test
  void aMaskedColumnIsMaskedWhereItIsWrittenToo() throws Exception {
    run("SET 'millrace.mask' = 'fruit.name';", PipelineState.STOPPED, "2,secretpomegranate,5");
    assertThat(all())
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.letter().side()).isEqualTo(DeadLetter.Side.SINK);
              assertThat(stored.letter().masked()).isTrue();
              assertThat(stored.letter().row().values()).contains("***", 5);
            });
    assertThat(stage.query("SELECT RECORD_TEXT || ERROR_TEXT || POSITION_TEXT FROM MR_DEAD_LETTER"))
        .noneMatch(text -> text.contains("secret"));
  }

  @Test
  void tooManyDeadLettersStopThePipelineWithANamedError() throws Exception {
    run(
        "SET 'millrace.max-dead-letters' = '1';",
        PipelineState.INCIDENT,
        "x,pear,5",
        "y,pear,5",
        "1,apple,3");
    assertThat(stage.millrace().pipelines().find("fruit").orElseThrow().failure().orElseThrow())
        .satisfies(failure -> assertThat(failure.code()).isEqualTo("MR-BPMN-047"));
    assertThat(stock()).isEmpty();
  }

  @Test
  void aRecordReadAgainIsKeptOnce() throws Exception {
    run("", PipelineState.STOPPED, "x,pear,5", "1,apple,3");
    assertThat(all()).hasSize(1);
    long commits = stage.millrace().pipelines().find("fruit").orElseThrow().totals().dead();
    stage.sql("DELETE FROM MR_POSITION");
    stage.millrace().pipelineService().start("fruit");
    stage.untilTrue(
        () -> stage.millrace().pipelines().find("fruit").orElseThrow().totals().dead() > commits);
    assertThat(all()).hasSize(1);
    letters.discard(all().get(0).id(), null);
    assertThat(all().get(0).state()).isEqualTo(StoredDeadLetter.State.DISCARDED);
  }

  @Test
  void aLetterOfATaskThatHasGoneOnIsAddedToItsRunAndRolledBackWithIt() throws Exception {
    Files.writeString(folder.resolve("fruit.csv"), "1,apple,3\nx,pear,5\ny,plum,7");
    stage.deploy("p.bpmn", PROCESS, "take.sql", TAKE);
    ProcessInstance instance = stage.start("p", Map.of());
    stage.untilAt(instance, "Wait");
    String run = stage.millrace().runs().ofProcessInstance(instance.getId()).get(0).id();
    DeadLetters.Filter ofRun = new DeadLetters.Filter(null, run, null, null);
    List<StoredDeadLetter> left = letters.list(ofRun, 0, 10);
    assertThat(left).hasSize(2);

    letters.replay(left.get(0).id(), bytes("2,pear,5"), "demo");
    assertThat(stock()).containsExactly("1 apple 3", "2 pear 5");
    assertThat(stage.millrace().journal().countEffects(run)).isEqualTo(2);
    assertThatThrownBy(() -> letters.replay(left.get(0).id(), bytes("3,pear,5"), "demo"))
        .hasMessageContaining("is REPLAYED");

    stage.completeTask(instance);
    stage.untilEnded(instance);
    assertThat(stock()).isEmpty();
    assertThatThrownBy(() -> letters.replay(left.get(1).id(), bytes("3,plum,7"), "demo"))
        .hasMessageContaining("which is UNDONE");
    assertThat(stock()).isEmpty();
  }

  private static final String PROCESS =
      Models.process(
          "p",
          Models.start("s")
              + Models.task("Take", "take.sql")
              + Models.handler("Take")
              + Models.user("Wait")
              + Models.compensate("Undo")
              + Models.end("e")
              + Models.line("s Take Wait Undo e"));
  private static final String TAKE =
      """
      SET 'millrace.on-data-error' = 'dead-letter';
      CREATE TABLE fruit (id BIGINT, name STRING, qty STRING) WITH (
        'connector' = 'filesystem', 'path' = 'in/fruit.csv', 'format' = 'csv');
      CREATE TABLE stock (id BIGINT, name STRING, qty INT, PRIMARY KEY (id) NOT ENFORCED) WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'stock');
      INSERT INTO stock SELECT id, name, CAST(qty AS INT) FROM fruit;
      """;
}
