// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.connector.Origin;
import dev.millrace.store.codec.RowJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message of the inbox as stored.
 *
 * @param receiver whom it is for; see {@link NewInboxMessage#receiver()}
 * @param sentTable whose row it was, if that may be asked for
 * @param sentRow that row; empty if it is not asked for
 * @param ttl how long it waits, also each time it is to wait again
 * @param attempts how often its process failed with it
 * @param processInstanceId the instance that has it, once it is delivered or started one
 * @param error why it is not delivered, if something failed
 * @param endedAt when it left {@link InboxState#BUFFERED}
 */
public record InboxMessage(
    long id,
    String message,
    Optional<String> businessKey,
    String receiver,
    Map<String, Object> correlation,
    Map<String, Object> variables,
    InboxState state,
    String onExpiry,
    Optional<String> expiryTarget,
    Optional<String> sentTable,
    Map<String, Object> sentRow,
    Origin origin,
    Duration ttl,
    int attempts,
    Optional<String> processInstanceId,
    Optional<String> error,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> endedAt) {

  /** By which the dead letter of its expiry is known. */
  public String letterPosition() {
    return "inbox " + id + " until " + expiresAt;
  }

  static final String SELECT =
      """
      SELECT ID, MESSAGE, BUSINESS_KEY, RECEIVER, CORRELATION, VARIABLES, STATE, ON_EXPIRY,
        EXPIRY_TARGET, SENT_TABLE, SENT_ROW, PIPELINE, RUN_ID, SENDER_DEF_KEY, SENDER_INST_ID,
        SENDER_ACT_ID, TENANT_ID, TTL_MS, ATTEMPTS, PROC_INST_ID, ERROR_TEXT, CREATED_AT, EXPIRES_AT, ENDED_AT
      FROM MR_INBOX
      """;

  static InboxMessage read(ResultSet row) throws SQLException {
    return new InboxMessage(
        row.getLong("ID"),
        row.getString("MESSAGE"),
        Optional.ofNullable(row.getString("BUSINESS_KEY")),
        row.getString("RECEIVER"),
        StoredVariables.read(row.getString("CORRELATION")),
        StoredVariables.read(row.getString("VARIABLES")),
        InboxState.valueOf(row.getString("STATE")),
        row.getString("ON_EXPIRY"),
        Optional.ofNullable(row.getString("EXPIRY_TARGET")),
        Optional.ofNullable(row.getString("SENT_TABLE")),
        Optional.ofNullable(row.getString("SENT_ROW")).map(RowJson::read).orElse(Map.of()),
        new Origin(
            Optional.ofNullable(row.getString("PIPELINE")),
            Optional.ofNullable(row.getString("RUN_ID")),
            task(row),
            Optional.ofNullable(row.getString("TENANT_ID"))),
        Duration.ofMillis(row.getLong("TTL_MS")),
        row.getInt("ATTEMPTS"),
        Optional.ofNullable(row.getString("PROC_INST_ID")),
        Optional.ofNullable(row.getString("ERROR_TEXT")),
        Columns.instant(row, "CREATED_AT").orElseThrow(),
        Columns.instant(row, "EXPIRES_AT").orElseThrow(),
        Columns.instant(row, "ENDED_AT"));
  }

  private static Optional<Origin.Task> task(ResultSet row) throws SQLException {
    String processDefinitionKey = row.getString("SENDER_DEF_KEY");
    return processDefinitionKey == null
        ? Optional.empty()
        : Optional.of(
            new Origin.Task(
                processDefinitionKey,
                row.getString("SENDER_INST_ID"),
                row.getString("SENDER_ACT_ID")));
  }
}
