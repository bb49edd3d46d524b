// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.connector.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Messages of the {@link Inbox} as people and the engine ask for them. Thread-safe. */
public final class InboxQuery {
  private final Transactions transactions;

  InboxQuery(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Which messages to list; a part that is empty asks for all.
   *
   * @param afterId of the last one seen; 0 at first
   */
  public record Filter(
      Optional<InboxState> state,
      Optional<String> message,
      Optional<String> businessKey,
      Optional<String> pipeline,
      long afterId,
      int max) {
    public static Filter all(int max) {
      return new Filter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, max);
    }

    /** The next of them. */
    public Filter behind(long id, int atMost) {
      return new Filter(state, message, businessKey, pipeline, id, atMost);
    }

    public Filter in(InboxState wanted) {
      return new Filter(Optional.of(wanted), message, businessKey, pipeline, afterId, max);
    }
  }

  /** Messages, oldest first. */
  public List<InboxMessage> list(Filter filter) throws SQLException {
    List<Object> parameters = new ArrayList<>();
    String where = where(filter, parameters);
    parameters.add(filter.max());
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                InboxMessage::read,
                InboxMessage.SELECT + where + " ORDER BY ID LIMIT ?",
                parameters.toArray()));
  }

  /**
   * Who sent messages.
   *
   * @param pipeline if it was one
   * @param processDefinitionKey of the stream task, if it was one
   * @param processInstanceId of that task; empty for all of its process
   */
  public record Sender(
      Optional<String> tenant,
      Optional<String> pipeline,
      Optional<String> processDefinitionKey,
      Optional<String> processInstanceId) {
    public static Sender of(Origin origin) {
      return new Sender(
          origin.tenant(),
          origin.pipeline(),
          origin.task().map(Origin.Task::processDefinitionKey),
          origin.task().map(Origin.Task::processInstanceId));
    }

    /** With all other instances of the same process. */
    public Sender ofAllInstances() {
      return new Sender(tenant, pipeline, processDefinitionKey, Optional.empty());
    }

    private static Sender read(ResultSet row) throws SQLException {
      return new Sender(
          Optional.ofNullable(row.getString("TENANT_ID")),
          Optional.ofNullable(row.getString("PIPELINE")),
          Optional.ofNullable(row.getString("SENDER_DEF_KEY")),
          Optional.ofNullable(row.getString("INST_ID")));
    }
  }

  /**
   * How many messages there are of each sender, whatever {@link Filter#max} says.
   *
   * @param byInstance whether process instances are told apart
   */
  public Map<Sender, Long> countBySender(Filter filter, boolean byInstance) throws SQLException {
    List<Object> parameters = new ArrayList<>();
    String from =
        "SELECT TENANT_ID, PIPELINE, SENDER_DEF_KEY, %s AS INST_ID FROM MR_INBOX %s"
            .formatted(
                byInstance ? "SENDER_INST_ID" : "CAST(NULL AS VARCHAR(64))",
                where(filter, parameters));
    return transactions.read(
        connection ->
            Sql.list(
                    connection,
                    row -> Map.entry(Sender.read(row), row.getLong("MESSAGES")),
                    """
                    SELECT TENANT_ID, PIPELINE, SENDER_DEF_KEY, INST_ID, COUNT(*) AS MESSAGES
                    FROM (%s) M GROUP BY TENANT_ID, PIPELINE, SENDER_DEF_KEY, INST_ID
                    """
                        .formatted(from),
                    parameters.toArray())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static String where(Filter filter, List<Object> parameters) {
    StringBuilder where = new StringBuilder("WHERE ID > ?");
    parameters.add(filter.afterId());
    filter.state().ifPresent(value -> and(where, "STATE", value.name(), parameters));
    filter.message().ifPresent(value -> and(where, "MESSAGE", value, parameters));
    filter.businessKey().ifPresent(value -> and(where, "BUSINESS_KEY", value, parameters));
    filter.pipeline().ifPresent(value -> and(where, "PIPELINE", value, parameters));
    return where.toString();
  }

  private static void and(
      StringBuilder where, String column, String value, List<Object> parameters) {
    where.append(" AND ").append(column).append(" = ?");
    parameters.add(value);
  }

  public Optional<InboxMessage> find(long id) throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(connection, InboxMessage::read, InboxMessage.SELECT + "WHERE ID = ?", id));
  }

  /** How many messages there are in each state; states without any are left out. */
  public Map<InboxState, Long> counts() throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                    connection,
                    row -> Map.entry(InboxState.valueOf(row.getString(1)), row.getLong(2)),
                    "SELECT STATE, COUNT(*) FROM MR_INBOX GROUP BY STATE")
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
