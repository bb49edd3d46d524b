// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.Plan;
import dev.millrace.plan.node.PlanNode;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptPlannerTest {
  private static final String TABLES =
      "CREATE TABLE t (id BIGINT, name STRING) WITH ('connector' = 'stream');"
          + "CREATE TABLE o (id BIGINT, name STRING) WITH ('connector' = 'any');";

  private static Plan plan(String script) {
    return FakeConnectors.planner().plan("s.sql", TABLES + script);
  }

  @Test
  void allInsertsOfAScriptAreOnePlan() {
    Plan plan =
        plan(
            "EXECUTE STATEMENT SET BEGIN INSERT INTO o SELECT * FROM t;"
                + " INSERT INTO o VALUES (1, 'a;b'); END; INSERT INTO o SELECT * FROM t");
    assertThat(plan.inserts()).hasSize(3);
  }

  @Test
  void tableUsedTwiceIsReadOnce() {
    Plan plan = plan("INSERT INTO o SELECT * FROM t; INSERT INTO o SELECT * FROM t");
    assertThat(plan.inserts().get(0).query()).isEqualTo(plan.inserts().get(1).query());
    assertThat(plan.inserts().get(0).sink()).isSameAs(plan.inserts().get(1).sink());
    assertThat(plan.inserts().get(0).query()).isInstanceOf(PlanNode.Scan.class);
  }

  @Test
  void whatAnyStatementReadsIsReadOnce() {
    Plan plan =
        plan(
            "CREATE TABLE w (a INT, b INT, c INT, d INT) WITH ('connector' = 'stream');"
                + "INSERT INTO o SELECT b, 'x' FROM w WHERE d > 1;"
                + "INSERT INTO o SELECT COUNT(*), 'y' FROM w;"
                + "INSERT INTO o SELECT SUM(d), 'z' FROM w");
    List<PlanNode> scans =
        plan.inserts().stream().map(insert -> scan(insert.query())).distinct().toList();
    assertThat(scans).hasSize(1);
    assertThat(scans.get(0).type().names()).containsExactly("b", "d");
  }

  @Test
  void sourceThatReadsNoFewerColumnsIsReadWhole() {
    Plan plan =
        plan(
            "CREATE TABLE l (a INT, b INT) WITH ('connector' = 'whole');"
                + "INSERT INTO o SELECT b, 'x' FROM l");
    assertThat(scan(plan.inserts().get(0).query()).type().names()).containsExactly("a", "b");
  }

  private static PlanNode scan(PlanNode node) {
    return node.inputs().isEmpty() ? node : scan(node.inputs().get(0));
  }

  @Test
  void semicolonsInStringsNamesAndCommentsEndNoStatement() {
    Plan plan =
        plan(
            "-- a; comment; with 'quotes\n/* and; another */"
                + "CREATE TABLE `a;b` (`x``y` STRING) WITH ('connector' = 'any');"
                + "INSERT INTO `a;b` SELECT 'it''s; fine' -- ;\n FROM t");
    assertThat(plan.explain()).contains("[a;b]", "[x`y]", "'it''s; fine'");
  }

  @Test
  void settingsTravelWithThePlan() {
    Plan plan =
        plan(
            "SET 'table.local-time-zone' = 'Europe/Berlin'; SET 'pipeline.name' = 'orders';"
                + "SET 'millrace.lanes' = '4'; RESET 'millrace.lanes';"
                + "INSERT INTO o SELECT * FROM t");
    assertThat(plan.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(plan.settings()).containsEntry("pipeline.name", "orders").hasSize(2);
  }

  @Test
  void namesMayBeQualifiedByTheOneDatabase() {
    Plan plan =
        plan("INSERT INTO default_catalog.default_database.o SELECT * FROM default_database.t");
    assertThat(plan.inserts()).hasSize(1);
  }

  @Test
  void droppedTableMayBeDeclaredAgain() {
    Plan plan =
        plan(
            "DROP TABLE t; DROP TABLE IF EXISTS t; CREATE TEMPORARY TABLE t (k BIGINT)"
                + " COMMENT 'c' WITH ('connector' = 'stream');"
                + "CREATE TABLE IF NOT EXISTS t (other INT) WITH ('connector' = 'stream');"
                + "INSERT INTO o (id) SELECT k FROM t");
    assertThat(plan.explain()).contains("columns=[k]");
  }

  @Test
  void formatOptionsAreTheFormatsOwn() {
    Plan plan =
        plan(
            "CREATE TABLE f (id BIGINT, name STRING) WITH ('connector' = 'files', 'path' = 'p',"
                + " 'format' = 'csv', 'csv.field-delimiter' = ';'); INSERT INTO f SELECT * FROM t");
    assertThat(plan.inserts().get(0).table()).isEqualTo("f");
  }

  @Test
  void virtualMetadataIsReadAndNotWritten() {
    Plan plan =
        plan(
            "CREATE TABLE m (id BIGINT, pos BIGINT METADATA FROM 'offset' VIRTUAL,"
                + " `timestamp` TIMESTAMP_LTZ(3) METADATA) WITH ('connector' = 'broker');"
                + "INSERT INTO m SELECT id + pos, `timestamp` FROM m");
    assertThat(plan.inserts().get(0).sinkType().names()).containsExactly("id", "timestamp");
    assertThat(plan.inserts().get(0).query().inputs().get(0).type().names())
        .containsExactly("id", "pos", "timestamp");
  }

  @Test
  void metadataOfAnotherTypeIsConvertedOnTheWayInAndOut() {
    Plan plan =
        plan(
            "CREATE TABLE m (id BIGINT, pos STRING METADATA FROM 'offset' VIRTUAL,"
                + " stamp TIMESTAMP(3) METADATA FROM 'timestamp',"
                + " tag STRING METADATA FROM 'header.tag', twice AS pos || pos)"
                + " WITH ('connector' = 'broker');"
                + "INSERT INTO m SELECT id, stamp, twice FROM m");
    assertThat(plan.explain())
        .contains("CAST($1 AS STRING)", "AS TIMESTAMP(3))", "AS TIMESTAMP_LTZ(3))", "AS BYTES)");
    assertThat(plan.inserts().get(0).sinkType().toString())
        .contains("stamp TIMESTAMP_LTZ(3)", "tag BYTES");
  }
}
