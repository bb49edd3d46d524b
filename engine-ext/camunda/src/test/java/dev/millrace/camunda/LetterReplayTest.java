// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.camunda.deadletter.Correction;
import dev.millrace.camunda.deadletter.DeadLetterService;
import dev.millrace.camunda.deadletter.ReplayAnswer;
import dev.millrace.engine.DeadLetter;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.HookBodies;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import dev.millrace.store.StoredDeadLetter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of pipelines that remember rows, processed by the running pipeline itself. */
class LetterReplayTest {
  private static final String SUMS =
      "INSERT INTO total SELECT k, COUNT(*), SUM(n) FROM posted GROUP BY k;\n";
  private static final String WINDOWS =
      """
      INSERT INTO win SELECT k, window_start, SUM(n)
      FROM TABLE(TUMBLE(TABLE posted, DESCRIPTOR(ts), INTERVAL '10' SECOND))
      GROUP BY k, window_start, window_end;
      """;

  @TempDir Path folder;
  private final TestDatabase database = TestDatabase.create();
  private Stage stage;
  private int bodies;

  private Stage start() {
    return new Stage(
        plugin -> {
          plugin.setNode("one");
          plugin.setFileRootPaths(Map.of("in", folder));
          plugin.setEndpoints(Map.of("hooks", Map.of("posts", Map.of())));
        },
        database);
  }

  @BeforeEach
  void tables() throws Exception {
    stage = start();
    stage.sql(
        "CREATE TABLE total (k VARCHAR(20) PRIMARY KEY, n BIGINT, s BIGINT)",
        "CREATE TABLE win (k VARCHAR(20), w TIMESTAMP, s BIGINT)",
        "CREATE TABLE pair (k VARCHAR(20), n BIGINT, m BIGINT)");
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private void deploy(String source, String... statements) {
    stage.deploy(
        "sums.sql",
        """
        SET 'pipeline.name' = 'sums';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.on-data-error' = 'dead-letter';
        SET 'table.local-time-zone' = 'UTC';
        CREATE TABLE total (k STRING, n BIGINT, s BIGINT, PRIMARY KEY (k) NOT ENFORCED)
        WITH ('connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'total');
        CREATE TABLE win (k STRING, w TIMESTAMP(3), s BIGINT)
        WITH ('connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'win');
        CREATE TABLE pair (k STRING, n BIGINT, m BIGINT)
        WITH ('connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'pair');
        """
            + source
            + String.join("\n", statements));
  }

  private static String hook(String columns) {
    return "CREATE TABLE posted ("
        + columns
        + ") WITH ('connector' = 'webhook', 'hook' = 'posts', 'format' = 'csv');\n";
  }

  private static final String NUMBERS = "k STRING, n BIGINT";
  private static final String TIMED =
      "k STRING, n BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND";

  private void post(String... lines) throws Exception {
    HookBodies posted = stage.millrace().store().hookBodies();
    posted.open("posts");
    byte[] body = String.join("\n", lines).getBytes(UTF_8);
    posted.receive("posts", new HookBodies.Posted("b" + bodies++, "x", "text/csv", body), 100);
  }

  private Pipeline pipeline() throws Exception {
    return stage.millrace().pipelines().find("sums").orElseThrow();
  }

  private DeadLetterService letters() {
    return stage.millrace().deadLetters();
  }

  private List<StoredDeadLetter> all() {
    return letters().list(new DeadLetters.Filter("sums", null, null, null), 0, 100);
  }

  private StoredDeadLetter letter(long id) {
    return letters().find(id).orElseThrow();
  }

  private StoredDeadLetter theLetter() {
    stage.until(() -> all().size(), 1);
    return all().get(0);
  }

  private void untilReplayed(long id) {
    stage.until(() -> letter(id).state(), StoredDeadLetter.State.REPLAYED);
  }

  private static Correction bytes(String text) {
    return new Correction(Optional.empty(), Optional.of(text.getBytes(UTF_8)), List.of());
  }

  private static Correction rows(String table, Map<String, Object> row) {
    return new Correction(Optional.ofNullable(table), Optional.empty(), List.of(row));
  }

  private List<String> totals() throws Exception {
    return stage.query("SELECT k || ' ' || n || ' ' || s FROM total ORDER BY k");
  }

  private List<String> windows() throws Exception {
    return stage.query(
        "SELECT k || ' ' || CAST(w AS VARCHAR(19)) || ' ' || s FROM win ORDER BY w, k");
  }

  /** As if another node had thought this one dead: what it remembers is read anew. */
  private void loseLease() throws Exception {
    stage.sql("UPDATE MR_PIPELINE SET EPOCH = EPOCH + 1, OWNER = NULL, LEASE_UNTIL = NULL");
  }

  @Test
  void aLetterOfAGroupingPipelineCountsInItsGroupAfterCorrection() throws Exception {
    deploy(hook(NUMBERS), SUMS);
    post("a,1", "a,x", "b,2");
    long id = theLetter().id();
    stage.until(this::totals, List.of("a 1 1", "b 1 2"));
    assertThatThrownBy(() -> letters().replay(id, Correction.NONE, "demo"))
        .hasMessageContaining("a,x");
    assertThat(letter(id).state()).isEqualTo(StoredDeadLetter.State.OPEN);

    ReplayAnswer answer = letters().replay(id, bytes("a,10"), "demo");
    assertThat(answer.state()).isEqualTo(StoredDeadLetter.State.REQUESTED);
    assertThat(answer.pipelineState()).contains(PipelineState.RUNNING);
    untilReplayed(id);
    stage.until(this::totals, List.of("a 2 11", "b 1 2"));
    assertThat(letter(id).endedBy()).contains("demo");
    assertThat(letter(id).attempts()).isEqualTo(1);
    assertThatThrownBy(() -> letters().replay(id, bytes("a,10"), "demo"))
        .hasMessageContaining("is REPLAYED");
    post("a,100");
    stage.until(this::totals, List.of("a 3 111", "b 1 2"));
  }

  @Test
  void aReplayedLetterIsThereOnceAfterItsNodeIsGone() throws Exception {
    deploy(hook(NUMBERS), SUMS);
    post("a,1", "a,x", "b,2");
    long id = theLetter().id();
    letters().replay(id, bytes("a,10"), null);
    untilReplayed(id);
    for (int i = 1; i <= 3; i++) {
      loseLease();
      post("a,100");
      stage.until(this::totals, List.of("a %d %d".formatted(2 + i, 11 + 100 * i), "b 1 2"));
    }
    stage.close();
    stage = start();
    post("a,1000");
    stage.until(this::totals, List.of("a 6 1311", "b 1 2"));
    assertThat(all()).hasSize(1);
  }

  @Test
  void aRecordThatFailsAgainIsTheSameLetterStill() throws Exception {
    deploy(
        hook("k STRING, n STRING"),
        "INSERT INTO total SELECT k, COUNT(*), SUM(m)"
            + " FROM (SELECT k, CAST(n AS BIGINT) AS m FROM posted) GROUP BY k;\n");
    post("a,1", "a,x");
    StoredDeadLetter stored = theLetter();
    assertThat(stored.letter().row()).containsEntry("n", "x");
    letters().replay(stored.id(), rows(null, Map.of("k", "a", "n", "yy")), "demo");
    stage.until(() -> letter(stored.id()).attempts(), 1);
    assertThat(letter(stored.id()).state()).isEqualTo(StoredDeadLetter.State.OPEN);
    assertThat(letter(stored.id()).letter().error()).contains("yy");
    assertThat(letter(stored.id()).endedBy()).isEmpty();
    assertThat(all()).hasSize(1);

    letters().replay(stored.id(), rows(null, Map.of("k", "a", "n", 10)), "demo");
    untilReplayed(stored.id());
    stage.until(this::totals, List.of("a 2 11"));
    loseLease();
    post("a,100");
    stage.until(this::totals, List.of("a 3 111"));
    assertThat(all()).hasSize(1);
  }

  @Test
  void aLetterCountsInItsWindowAndOneTooLateSaysSo() throws Exception {
    deploy(hook(TIMED), WINDOWS);
    post("a,1,2026-01-01 00:00:01", "a,x,2026-01-01 00:00:02", "a,y,2026-01-01 00:00:03");
    stage.until(() -> all().size(), 2);
    long first = all().get(0).id();
    letters().replay(first, bytes("a,10,2026-01-01 00:00:02"), null);
    untilReplayed(first);
    assertThat(letter(first).lateRows()).isZero();
    assertThat(windows()).isEmpty();
    post("a,5,2026-01-01 00:00:30");
    stage.until(this::windows, List.of("a 2026-01-01 00:00:00 11"));

    long second = all().get(1).id();
    long late = pipeline().totals().late();
    letters().replay(second, bytes("a,100,2026-01-01 00:00:03"), null);
    untilReplayed(second);
    assertThat(letter(second).lateRows()).isEqualTo(1);
    assertThat(pipeline().totals().late()).isEqualTo(late + 1);
    post("a,1,2026-01-01 00:01:00");
    stage.until(this::windows, List.of("a 2026-01-01 00:00:00 11", "a 2026-01-01 00:00:30 5"));
  }

  @Test
  void aLetterMeetsTheRowsItBelongsToInAJoin() throws Exception {
    deploy(
        hook("k STRING, n BIGINT"),
        "INSERT INTO pair SELECT x.k, x.n, y.n FROM posted x JOIN posted y ON x.k = y.k"
            + " AND x.n < y.n;\n");
    post("a,1", "a,x", "a,3");
    long id = theLetter().id();
    letters().replay(id, bytes("a,2"), null);
    untilReplayed(id);
    stage.until(
        () -> stage.query("SELECT k || ' ' || n || ' ' || m FROM pair ORDER BY n, m"),
        List.of("a 1 2", "a 1 3", "a 2 3"));
  }

  @Test
  void aPausedPipelineReplaysWhatWasWantedOnceItGoesOn() throws Exception {
    deploy(hook(NUMBERS), SUMS);
    post("a,1", "a,x", "a,y");
    stage.until(() -> all().size(), 2);
    stage.millrace().pipelineService().pause("sums");
    long first = all().get(0).id();
    long second = all().get(1).id();
    assertThat(letters().replay(first, bytes("a,10"), "demo").pipelineState())
        .contains(PipelineState.PAUSED);
    letters().replay(second, bytes("a,20"), "demo");
    assertThat(letter(first).state()).isEqualTo(StoredDeadLetter.State.REQUESTED);
    assertThatThrownBy(() -> letters().replay(first, bytes("a,10"), "demo"))
        .hasMessageContaining("is REQUESTED");
    letters().discard(second, "demo");
    stage.millrace().pipelineService().resume("sums");
    untilReplayed(first);
    stage.until(this::totals, List.of("a 2 11"));
    assertThat(letter(second).state()).isEqualTo(StoredDeadLetter.State.DISCARDED);
  }

  @Test
  void aPipelineWhoseFilesHaveEndedReplaysAtItsNextStart() throws Exception {
    Files.writeString(folder.resolve("posted.csv"), "a,1\na,x\nb,2");
    deploy(
        "CREATE TABLE posted (k STRING, n BIGINT) WITH ("
            + "'connector' = 'filesystem', 'path' = 'in/posted.csv', 'format' = 'csv');\n",
        SUMS);
    stage.until(() -> pipeline().state(), PipelineState.STOPPED);
    long id = theLetter().id();
    assertThat(letters().replay(id, bytes("a,10"), null).pipelineState())
        .contains(PipelineState.STOPPED);
    stage.millrace().pipelineService().start("sums");
    untilReplayed(id);
    stage.until(() -> pipeline().state(), PipelineState.STOPPED);
    assertThat(totals()).containsExactly("a 2 11", "b 1 2");
  }

  @Test
  void aRowThatHasGoneThroughOtherStatementsIsNotCountedTwice() throws Exception {
    deploy(
        hook("k STRING, n STRING"),
        "INSERT INTO total SELECT k, COUNT(*), MAX(CHAR_LENGTH(n)) FROM posted GROUP BY k;\n",
        "INSERT INTO pair SELECT k, CAST(n AS BIGINT), 0 FROM posted;\n");
    post("a,1", "a,x");
    StoredDeadLetter stored = theLetter();
    assertThat(stored.letter().side()).isEqualTo(DeadLetter.Side.SOURCE);
    assertThatThrownBy(
            () -> letters().replay(stored.id(), rows(null, Map.of("k", "a", "n", "2")), null))
        .hasMessageContaining("would be counted twice");
    assertThat(letter(stored.id()).state()).isEqualTo(StoredDeadLetter.State.OPEN);
    // into the table it was to be written to it can be put as it is
    letters().replay(stored.id(), rows("pair", Map.of("k", "a", "n", 2, "m", 0)), null);
    assertThat(stage.query("SELECT n FROM pair ORDER BY n")).containsExactly("1", "2");
  }

  @Test
  void aSumTheDatabaseRefusesIsReplayedIntoItsTable() throws Exception {
    deploy(hook(NUMBERS), SUMS);
    String longKey = "a key that is too long for its column";
    post(longKey + ",1", "b,2");
    StoredDeadLetter stored = theLetter();
    assertThat(stored.letter().side()).isEqualTo(DeadLetter.Side.SINK);
    stage.sql("ALTER TABLE total ALTER COLUMN k " + stage.type("VARCHAR(99)"));
    assertThat(letters().replay(stored.id(), Correction.NONE, null).state())
        .isEqualTo(StoredDeadLetter.State.REPLAYED);
    assertThat(totals()).containsExactly(longKey + " 1 1", "b 1 2");
  }

  @Test
  void whatIsTooLargeForALetterIsRefused() throws Exception {
    deploy(hook(NUMBERS), SUMS);
    post("a,x");
    long id = theLetter().id();
    String large = "a".repeat(1 << 20) + ",1";
    assertThatThrownBy(() -> letters().replay(id, bytes(large), null))
        .hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void lettersOfAFileThatHasEndedKeepNoOthersWaiting() throws Exception {
    int many = 17;
    Files.writeString(folder.resolve("ended.csv"), "a,x\n".repeat(many));
    deploy(
        "CREATE TABLE ended (k STRING, n BIGINT) WITH ("
            + "'connector' = 'filesystem', 'path' = 'in/ended.csv', 'format' = 'csv');\n"
            + hook(NUMBERS),
        "INSERT INTO total SELECT k, COUNT(*), SUM(n)"
            + " FROM (SELECT * FROM ended UNION ALL SELECT * FROM posted) GROUP BY k;\n");
    stage.until(() -> all().size(), many);
    post("b,1", "b,x");
    stage.until(() -> all().size(), many + 1);
    List<StoredDeadLetter> found = all();
    found.forEach(each -> letters().replay(each.id(), bytes("b,10"), null));
    untilReplayed(found.get(many).id());
    stage.until(this::totals, List.of("b 2 11"));
    assertThat(letter(found.get(0).id()).state()).isEqualTo(StoredDeadLetter.State.REQUESTED);
  }

  @Test
  void lettersAreAnOperatorsAgainOnceTheirPipelineRemembersNothing() throws Exception {
    deploy(hook(NUMBERS), SUMS);
    post("a,1", "a,x");
    long id = theLetter().id();
    stage.millrace().pipelineService().pause("sums");
    letters().replay(id, bytes("a,10"), "demo");
    deploy(
        "SET 'millrace.on-redeploy' = 'discard-state';\n" + hook(NUMBERS),
        "INSERT INTO total SELECT k, 0, n FROM posted;\n");
    stage.millrace().pipelineService().resume("sums");
    stage.until(() -> letter(id).state(), StoredDeadLetter.State.OPEN);
    assertThat(letters().replay(id, bytes("b,10"), "demo").state())
        .isEqualTo(StoredDeadLetter.State.REPLAYED);
    assertThat(totals()).containsExactly("a 1 1", "b 0 10");
  }

  @Test
  void aLetterThatItsPipelineFailsWithIsOpenAgainAfterAFewTries() throws Exception {
    deploy("SET 'millrace.max-memory' = '1 mb';\n" + hook(NUMBERS), SUMS);
    post("a,1", "a,x", "a,y");
    stage.until(() -> all().size(), 2);
    stage.millrace().pipelineService().pause("sums");
    long heavy = all().get(0).id();
    long light = all().get(1).id();
    letters().replay(heavy, bytes("k".repeat(1_000_000) + ",1"), "demo");
    letters().replay(light, bytes("a,10"), "demo");
    stage.millrace().pipelineService().resume("sums");
    for (int tries = 1; tries <= 3; tries++) {
      stage.until(() -> pipeline().state(), PipelineState.INCIDENT);
      assertThat(letter(heavy).state()).isEqualTo(StoredDeadLetter.State.REQUESTED);
      stage.millrace().pipelineService().resume("sums");
    }
    stage.until(() -> letter(heavy).state(), StoredDeadLetter.State.OPEN);
    assertThat(letter(heavy).letter().error()).contains("failed 3 times");
    untilReplayed(light);
    post("a,100");
    stage.until(this::totals, List.of("a 3 111"));
  }
}
