// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

/** The queries, as SQL text over a table {@code bid}. */
enum Query {
  Q0(
      "auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), extra STRING",
      "SELECT auction, bidder, price, `dateTime`, extra FROM bid"),
  Q1(
      "auction BIGINT, bidder BIGINT, price DECIMAL(23, 3), `dateTime` TIMESTAMP(3), extra STRING",
      "SELECT auction, bidder, 0.908 * price AS price, `dateTime`, extra FROM bid"),
  Q2("auction BIGINT, price BIGINT", "SELECT auction, price FROM bid WHERE MOD(auction, 123) = 0"),
  COUNT(
      "auction BIGINT, num BIGINT, window_end TIMESTAMP(3)",
      """
      SELECT auction, COUNT(*) AS num, window_end
      FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
      GROUP BY auction, window_start, window_end""");

  private static final String SCRIPT =
      """
      CREATE TABLE bid (
        auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), extra STRING,
        WATERMARK FOR `dateTime` AS `dateTime`
      ) WITH ('connector' = 'memory-bids');
      CREATE TABLE results (%s) WITH ('connector' = 'checksum');
      INSERT INTO results %s;
      """;

  private final String resultColumns;
  private final String select;

  Query(String resultColumns, String select) {
    this.resultColumns = resultColumns;
    this.select = select;
  }

  String script() {
    return SCRIPT.formatted(resultColumns, select);
  }
}
