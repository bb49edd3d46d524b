// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

/** Where the ledger's events come from; another source is another line. */
enum LedgerSource {
  FILE("'connector' = 'filesystem', 'path' = 'ledger/events.csv'"),
  KAFKA(
      "'connector' = 'kafka', 'connection' = 'local', 'topic' = 'events',"
          + " 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset'"),
  POLLER(
      "'connector' = 'http', 'connection' = 'events', 'url-path' = '/', 'scan.bounded' = 'true',"
          + " 'cursor.parameter' = 'after', 'cursor.column' = 'n'"),
  /** The only one that does not end. */
  WEBHOOK("'connector' = 'webhook', 'hook' = '" + Outside.HOOK + "'");

  private final String options;

  LedgerSource(String options) {
    this.options = options;
  }

  /** The table {@code events}. */
  String table() {
    return "CREATE TABLE events (n BIGINT, account BIGINT, amount BIGINT) WITH (%s, 'format' = 'csv');"
        .formatted(options);
  }
}
