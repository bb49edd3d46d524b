// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.PipelineProgress;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import dev.millrace.store.PipelineWish;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pipelines with sums and windows, through restarts and redeployments. */
class PipelineRecoveryTest {
  private static final int ROWS = 6000;
  private static final String TOTALS =
      "INSERT INTO total SELECT MOD(n, 2), COUNT(*), SUM(n) FROM numbers GROUP BY MOD(n, 2);\n";
  private static final String WINDOWS =
      """
      INSERT INTO win SELECT window_start, COUNT(*), SUM(n)
      FROM TABLE(TUMBLE(TABLE numbers, DESCRIPTOR(ts), INTERVAL '10' SECOND))
      GROUP BY window_start, window_end;
      """;

  private final TestDatabase database = TestDatabase.create();
  private Stage stage = start();

  private Stage start() {
    return new Stage(plugin -> plugin.setNode("one"), database);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  /** The numbers from 1 on, ten for each second of event time. */
  private static String script(int rows, String settings, String... statements) {
    return """
    SET 'pipeline.name' = 'sums';
    SET 'millrace.start' = 'on-deployment';
    SET 'millrace.commit.rows' = '50';
    SET 'table.local-time-zone' = 'UTC';
    %s
    CREATE TABLE numbers (n BIGINT, ts AS TO_TIMESTAMP_LTZ(n * 100, 3), WATERMARK FOR ts AS ts)
    WITH ('connector' = 'datagen', 'rows-per-second' = '3000', 'fields.n.kind' = 'sequence',
      'fields.n.start' = '1', 'fields.n.end' = '%d');
    CREATE TABLE total (parity BIGINT, n BIGINT, s BIGINT, PRIMARY KEY (parity) NOT ENFORCED)
    WITH ('connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'total');
    CREATE TABLE win (w TIMESTAMP(3), n BIGINT, s BIGINT)
    WITH ('connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'win');
    %s
    """
        .formatted(settings, rows, String.join("\n", statements));
  }

  private void tables() throws Exception {
    stage.sql(
        "CREATE TABLE total (parity BIGINT PRIMARY KEY, n BIGINT, s BIGINT)",
        "CREATE TABLE win (w TIMESTAMP, n BIGINT, s BIGINT)");
  }

  private Pipeline stored() throws Exception {
    return stage.millrace().pipelines().find("sums").orElseThrow();
  }

  private long commits() throws Exception {
    return stored().totals().commits();
  }

  private void restart() {
    stage.close();
    stage = start();
  }

  private void assertAllCountedOnce() throws Exception {
    long sum = (long) ROWS * (ROWS + 1) / 2;
    assertThat(stage.query("SELECT SUM(n) FROM total")).containsExactly("" + ROWS);
    assertThat(stage.query("SELECT SUM(s) FROM total")).containsExactly("" + sum);
    assertThat(stage.query("SELECT SUM(n) FROM win")).containsExactly("" + ROWS);
    assertThat(stage.query("SELECT SUM(s) FROM win")).containsExactly("" + sum);
    assertThat(stage.query("SELECT COUNT(*) FROM win"))
        .isEqualTo(stage.query("SELECT COUNT(DISTINCT w) FROM win"))
        .containsExactly("61");
  }

  @Test
  void sumsAndWindowsGoOnThroughRestartsAtRandomMoments() throws Exception {
    tables();
    Random random = new Random(7);
    stage.deploy(
        "sums.sql", script(ROWS, "SET 'millrace.snapshot.rows' = '700';", TOTALS, WINDOWS));
    for (int i = 0; i < 5; i++) {
      long until = commits() + 3 + random.nextInt(10);
      stage.untilTrue(() -> commits() >= until || stored().state() == PipelineState.STOPPED);
      if (i == 2) {
        restart();
      } else {
        loseLease();
      }
    }
    stage.until(() -> stored().state(), PipelineState.STOPPED);
    assertAllCountedOnce();
  }

  /** As if another node had thought this one dead: what it has not committed is lost. */
  private void loseLease() throws Exception {
    stage.sql("UPDATE MR_PIPELINE SET EPOCH = EPOCH + 1, OWNER = NULL, LEASE_UNTIL = NULL");
  }

  @Test
  void aDamagedSnapshotIsPassedOver() throws Exception {
    tables();
    stage.deploy(
        "sums.sql", script(ROWS, "SET 'millrace.snapshot.rows' = '300';", TOTALS, WINDOWS));
    stage.untilTrue(() -> stage.millrace().store().snapshots().commits("sums").size() == 2);
    stage.close();
    damageNewestSnapshot();
    stage = start();
    stage.until(() -> stored().state(), PipelineState.STOPPED);
    assertAllCountedOnce();
  }

  private void damageNewestSnapshot() throws Exception {
    String newest = "FROM MR_SNAPSHOT WHERE COMMIT_NO = (SELECT MAX(COMMIT_NO) FROM MR_SNAPSHOT)";
    try (Connection connection = database.connect();
        PreparedStatement select =
            connection.prepareStatement("SELECT BYTES, COMMIT_NO " + newest);
        ResultSet row = select.executeQuery();
        PreparedStatement update =
            connection.prepareStatement("UPDATE MR_SNAPSHOT SET BYTES = ? WHERE COMMIT_NO = ?")) {
      assertThat(row.next()).isTrue();
      byte[] bytes = row.getBytes(1);
      bytes[bytes.length / 2] ^= 1;
      update.setBytes(1, bytes);
      update.setLong(2, row.getLong(2));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void aScriptThatCannotGoOnIsRefusedBeforeAnythingIsReplaced() throws Exception {
    tables();
    stage.deploy("sums.sql", script(1_000_000, "", TOTALS, WINDOWS));
    stage.untilTrue(() -> commits() > 2);
    String other =
        TOTALS
            .replace("MOD(n, 2), COUNT", "MOD(n, 3), COUNT")
            .replace("BY MOD(n, 2)", "BY MOD(n, 3)");
    assertThatThrownBy(() -> stage.deploy("sums.sql", script(1_000_000, "", other, WINDOWS)))
        .hasMessageContaining("pipeline 'sums' remembers rows")
        .hasMessageContaining("GroupAggregate of the statement that writes 'total'")
        .hasMessageContaining("discard-state")
        .hasMessageNotContaining("'win'");
    String wider = WINDOWS.replace("'10' SECOND", "'20' SECOND");
    assertThatThrownBy(() -> stage.deploy("sums.sql", script(1_000_000, "", TOTALS, wider)))
        .hasMessageContaining("windows were")
        .hasMessageContaining("PT20S");
    assertThatThrownBy(() -> stage.deploy("sums.sql", script(1_000_000, "", TOTALS)))
        .hasMessageContaining("WindowAggregate of the statement that writes 'win' is gone");
    long before = commits();
    stage.untilTrue(() -> commits() > before + 2);
  }

  @Test
  void aScriptThatRemembersTheSameGoesOnWithIt() throws Exception {
    tables();
    stage.sql("CREATE TABLE copies (n BIGINT)");
    stage.deploy("sums.sql", script(ROWS, "", TOTALS, WINDOWS));
    stage.untilTrue(() -> commits() > 5);
    String more =
        """
        CREATE TABLE copies (n BIGINT)
        WITH ('connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'copies');
        INSERT INTO copies SELECT n FROM numbers WHERE n > 5;
        """;
    stage.deploy("sums.sql", script(ROWS, "", more, WINDOWS, TOTALS));
    stage.until(() -> stored().state(), PipelineState.STOPPED);
    assertAllCountedOnce();
    assertThat(Long.parseLong(stage.query("SELECT COUNT(*) FROM copies").get(0)))
        .isBetween(1L, (long) ROWS);
  }

  @Test
  void drainingFiresWindowsBeforeTheNewScriptBeginsAnew() throws Exception {
    tables();
    stage.deploy("sums.sql", script(ROWS, "", TOTALS, WINDOWS));
    stage.untilTrue(() -> commits() > 5);
    String other = "INSERT INTO total SELECT 7, COUNT(*), SUM(n) FROM numbers;\n";
    stage.deploy("sums.sql", script(ROWS, "SET 'millrace.on-redeploy' = 'drain';", other));
    stage.until(() -> stored().state(), PipelineState.STOPPED);
    // each row was counted by the old script or the new one, in a window only by the old one
    assertThat(stage.query("SELECT SUM(n) FROM total")).containsExactly("" + ROWS);
    assertThat(stage.query("SELECT SUM(n) FROM win"))
        .isEqualTo(stage.query("SELECT SUM(n) FROM total WHERE parity < 7"));
    assertThat(stored().nextScript()).isEmpty();
    assertThat(stored().wish()).isEmpty();
  }

  @Test
  void stateCanBeGivenUp() throws Exception {
    tables();
    stage.deploy("sums.sql", script(ROWS, "", TOTALS, WINDOWS));
    stage.untilTrue(() -> commits() > 5);
    String other = "INSERT INTO total SELECT 7, COUNT(*), SUM(n) FROM numbers;\n";
    stage.deploy("sums.sql", script(ROWS, "SET 'millrace.on-redeploy' = 'discard-state';", other));
    stage.until(() -> stored().state(), PipelineState.STOPPED);
    assertThat(stage.query("SELECT SUM(n) FROM total")).containsExactly("" + ROWS);
  }

  @Test
  void aSnapshotThatIsNotStoredIsToldToWhoAskedForItAndTriedAgain() throws Exception {
    tables();
    stage.deploy("sums.sql", script(1_000_000, "", TOTALS, WINDOWS));
    stage.untilTrue(() -> commits() > 10);
    stage.sql("ALTER TABLE MR_SNAPSHOT ADD CONSTRAINT DISK_FULL CHECK (COMMIT_NO < 10)");
    for (boolean pause : List.of(false, true)) {
      if (pause) {
        stage.millrace().pipelineService().pauseInOrder("sums");
      } else {
        stage.millrace().pipelineService().checkpoint("sums");
      }
      stage.untilTrue(() -> stored().failure().isPresent());
      assertThat(stored().wish()).contains(pause ? PipelineWish.PAUSE : PipelineWish.CHECKPOINT);
      stage.sql("ALTER TABLE MR_SNAPSHOT DROP CONSTRAINT DISK_FULL");
      stage.untilTrue(() -> stored().wish().isEmpty());
      assertThat(stage.millrace().store().snapshots().commits("sums").get(0)).isGreaterThan(10);
      if (!pause) {
        stage.sql(
            "ALTER TABLE MR_SNAPSHOT ADD CONSTRAINT DISK_FULL CHECK (COMMIT_NO <= %d)"
                .formatted(commits()));
      }
    }
    assertThat(stored().state()).isEqualTo(PipelineState.PAUSED);
  }

  @Test
  void anOperatorPausesCheckpointsAndDrains() throws Exception {
    tables();
    stage.deploy("sums.sql", script(1_000_000, "", TOTALS, WINDOWS));
    stage.untilTrue(() -> commits() > 3);
    stage.millrace().pipelineService().checkpoint("sums");
    stage.untilTrue(() -> stored().wish().isEmpty());
    stage.millrace().pipelineService().pauseInOrder("sums");
    stage.until(() -> stored().state(), PipelineState.PAUSED);
    long paused = stored().totals().rowsIn();
    List<Long> snapshots = stage.millrace().store().snapshots().commits("sums");
    assertThat(snapshots.get(0)).isEqualTo(commits());
    assertThatThrownBy(() -> stage.millrace().pipelineService().checkpoint("sums"))
        .hasMessageContaining("PAUSED");
    stage.millrace().pipelineService().drain("sums");
    stage.until(() -> stored().state(), PipelineState.STOPPED);
    assertThat(stored().totals().rowsIn()).isGreaterThanOrEqualTo(paused);
    assertThat(stage.query("SELECT SUM(n) FROM win"))
        .isEqualTo(stage.query("SELECT SUM(n) FROM total"))
        .containsExactly("" + stored().totals().rowsIn());
    assertThat(stage.millrace().store().snapshots().commits("sums")).isEmpty();
  }

  @Test
  void aNodeThatStopsInOrderLeavesNothingToBeDoneAgain() throws Exception {
    tables();
    stage.deploy("sums.sql", script(1_000_000, "", TOTALS, WINDOWS));
    stage.untilTrue(() -> commits() > 5);
    stage.close();
    long commits;
    try (Connection connection = database.connect()) {
      commits = newest(connection, "SELECT COMMITS FROM MR_PIPELINE");
      assertThat(newest(connection, "SELECT MAX(COMMIT_NO) FROM MR_SNAPSHOT")).isEqualTo(commits);
    }
    stage = start();
    stage.untilTrue(() -> commits() > commits + 2);
    stage.millrace().pipelineService().drain("sums");
    stage.until(() -> stored().state(), PipelineState.STOPPED);
    assertThat(stage.query("SELECT SUM(n) FROM total"))
        .isEqualTo(stage.query("SELECT SUM(n) FROM win"))
        .containsExactly("" + stored().totals().rowsIn());
  }

  private static long newest(Connection connection, String sql) throws Exception {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }

  @Test
  void progressTellsWhatAWindowWaitsFor() throws Exception {
    tables();
    stage.deploy("sums.sql", script(1_000_000, "", TOTALS, WINDOWS));
    stage.untilTrue(
        () -> {
          PipelineProgress progress = stage.millrace().progress().get("sums");
          return progress != null
              && progress.windows().size() == 1
              && progress.windows().get(0).heldBackBy().equals(Optional.of("numbers"))
              && progress.sources().get(0).rowsIn() > 0
              && progress.state().orElseThrow().bytes() > 0;
        });
  }
}
