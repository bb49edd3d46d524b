// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is computed from a masked column is masked where it is written. */
class MaskedColumnsTest {
  private static final String TABLES =
      """
      CREATE TABLE people (id BIGINT, iban STRING, town STRING) WITH ('connector' = 'stream');
      CREATE TABLE towns (town STRING, mayor STRING) WITH ('connector' = 'stream');
      CREATE TABLE o (id BIGINT, name STRING) WITH ('connector' = 'any');
      CREATE TABLE p (name STRING, n BIGINT) WITH ('connector' = 'any');
      """;

  private static String masked(String columns, String statements) {
    return FakeConnectors.planner()
        .plan("s.sql", TABLES + "SET 'millrace.mask' = '" + columns + "';" + statements)
        .settings()
        .get("millrace.mask");
  }

  @Test
  void aCopyIsMasked() {
    assertThat(masked("people.iban", "INSERT INTO o SELECT id, iban FROM people"))
        .isEqualTo("o.name,people.iban");
    assertThat(masked("people.iban", "INSERT INTO o SELECT id, town FROM people"))
        .isEqualTo("people.iban");
    assertThat(masked("people.iban", "INSERT INTO o (name) SELECT iban FROM people"))
        .isEqualTo("o.name,people.iban");
  }

  @Test
  void whatIsComputedThroughViewsGroupsAndJoinsIsMasked() {
    assertThat(
            masked(
                "people.iban",
                """
                CREATE VIEW short AS SELECT town, SUBSTRING(iban, 1, 4) AS bank FROM people;
                INSERT INTO p SELECT MAX(bank) || '!', COUNT(*) FROM short GROUP BY town;
                INSERT INTO o SELECT s.id, t.mayor FROM people s JOIN towns t ON s.town = t.town
                """))
        .isEqualTo("p.name,people.iban");
    assertThat(
            masked(
                "towns.mayor",
                "INSERT INTO o SELECT s.id, t.mayor FROM people s JOIN towns t ON s.town = t.town"))
        .isEqualTo("o.name,towns.mayor");
  }

  @Test
  void aColumnIsMaskedThroughATableInBetween() {
    assertThat(
            masked(
                "people.iban",
                """
                CREATE TABLE q (id BIGINT, secret STRING) WITH ('connector' = 'broker');
                INSERT INTO o SELECT id, secret FROM q;
                INSERT INTO q SELECT id, iban FROM people;
                """))
        .isEqualTo("o.name,people.iban,q.secret");
  }

  @Test
  void aMaskWrittenBehindTheStatementsCountsToo() {
    assertThat(
            FakeConnectors.planner()
                .plan(
                    "s.sql",
                    TABLES
                        + "INSERT INTO o SELECT id, iban FROM people;"
                        + "SET 'millrace.mask' = 'PEOPLE.Iban';")
                .settings())
        .containsEntry("millrace.mask", "o.name,PEOPLE.Iban");
  }

  @Test
  void aColumnThatIsNotThereIsNamed() {
    String insert = "INSERT INTO o SELECT id, iban FROM people";
    assertThatThrownBy(() -> masked("people.ibam", insert))
        .hasMessageContainingAll("no column 'ibam' to mask", "iban");
    assertThatThrownBy(() -> masked("persons.iban", insert))
        .hasMessageContaining("'persons' is not declared");
  }
}
