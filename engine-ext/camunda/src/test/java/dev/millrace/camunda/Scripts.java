// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

/** Scripts of the stories. */
final class Scripts {
  private Scripts() {}

  /** Sets the row {@code id} of table ITEM to what the variable {@code value} says, plus one. */
  static final String INCREMENT =
      """
      CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE item (id BIGINT, qty BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'item');
      INSERT INTO item SELECT i.id, t.qty + 1 FROM input AS i JOIN item AS t ON t.id = i.id;
      """;

  /** Adds a row to table LOG: the instance's id and a mark. */
  static String log(String mark) {
    return """
        CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
        CREATE TABLE log (id BIGINT, mark STRING, PRIMARY KEY (id, mark) NOT ENFORCED) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'log');
        INSERT INTO log SELECT id, '%s' FROM input;
        """
        .formatted(mark);
  }

  /** Adds a row for the iteration of a multi-instance activity. */
  static final String LOG_ITERATION =
      """
      CREATE TABLE input (id BIGINT, loopCounter INT) WITH ('connector' = 'process-variables');
      CREATE TABLE log (id BIGINT, mark STRING, PRIMARY KEY (id, mark) NOT ENFORCED) WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'log');
      INSERT INTO log SELECT id, 'n' || CAST(loopCounter AS STRING) FROM input;
      """;

  static final String TABLES =
      """
      CREATE TABLE ITEM (ID BIGINT PRIMARY KEY, QTY BIGINT);
      CREATE TABLE LOG (ID BIGINT, MARK VARCHAR(50), PRIMARY KEY (ID, MARK));
      """;
}
