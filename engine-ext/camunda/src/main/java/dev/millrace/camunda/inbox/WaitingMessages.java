// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.store.Inbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Messages of the inbox that may well find their subscriber now: the first of its receiver, with a
 * subscription of its name in an active instance of its business key and its first variable.
 * Whether all variables match, the engine must tell. Thread-safe.
 */
final class WaitingMessages {
  private static final int MAX = 500;

  /**
   * How a message names its instance. Each way has a query of its own: with one for all, told apart
   * by OR, a database compares every message with every subscription of its name.
   */
  private enum Way {
    BY_BUSINESS_KEY(
        "I.BUSINESS_KEY IS NOT NULL",
        "",
        """
        AND P.BUSINESS_KEY_ = I.BUSINESS_KEY
        AND (I.MATCH_NAME IS NULL OR EXISTS (
          SELECT 1 FROM %1$sACT_RU_VARIABLE V
          WHERE V.PROC_INST_ID_ = P.ID_ AND V.NAME_ = I.MATCH_NAME AND V.TEXT_ = I.MATCH_TEXT))
        """),
    BY_VARIABLE(
        "I.BUSINESS_KEY IS NULL AND I.MATCH_NAME IS NOT NULL",
        "JOIN %1$sACT_RU_VARIABLE V ON V.PROC_INST_ID_ = P.ID_",
        "AND V.NAME_ = I.MATCH_NAME AND V.TEXT_ = I.MATCH_TEXT"),
    BY_NAME("I.BUSINESS_KEY IS NULL AND I.MATCH_NAME IS NULL", "", "");

    private final String ofMessage;
    private final String join;
    private final String ofInstance;

    Way(String ofMessage, String join, String ofInstance) {
      this.ofMessage = ofMessage;
      this.join = join;
      this.ofInstance = ofInstance;
    }

    /**
     * Takes an id and when messages are due; has two places, {@code %1$s} and {@code %2$s}, for
     * more conditions.
     */
    String candidates(String prefix) {
      return """
          SELECT I.ID FROM MR_INBOX I
          WHERE I.STATE = 'BUFFERED' AND I.ID > ?
            AND (I.DUE_AT IS NULL OR I.DUE_AT <= ? OR I.DUE_AT > ?)
            AND NOT EXISTS (
              SELECT 1 FROM MR_INBOX B
              WHERE B.RECEIVER = I.RECEIVER AND B.STATE = 'BUFFERED' AND B.ID < I.ID)
            AND %2$s %%1$s
            AND EXISTS (
              SELECT 1 FROM %1$sACT_RU_EVENT_SUBSCR S
                JOIN %1$sACT_RU_EXECUTION P ON P.ID_ = S.PROC_INST_ID_
                %3$s
              WHERE S.EVENT_TYPE_ = 'message' AND S.EVENT_NAME_ = I.MESSAGE
                AND P.SUSPENSION_STATE_ = 1
                %4$s %%2$s)
          """
          .formatted(prefix, ofMessage, join.formatted(prefix), ofInstance.formatted(prefix));
    }
  }

  private final EngineCommands commands;
  private final Inbox inbox;
  private final String candidates;

  /**
   * @param prefix of the engine's tables
   */
  WaitingMessages(EngineCommands commands, Inbox inbox, String prefix) {
    this.commands = commands;
    this.inbox = inbox;
    candidates =
        Arrays.stream(Way.values())
            .map(way -> way.candidates(prefix))
            .collect(
                Collectors.joining(
                    "UNION ALL\n", "SELECT ID FROM (\n", ") C ORDER BY ID LIMIT " + MAX));
  }

  /** The next of those for a few receivers, behind one seen before. */
  List<Long> forReceivers(Collection<String> receivers, long afterId) throws Exception {
    return list("AND I.RECEIVER IN (" + marks(receivers) + ")", "", afterId, receivers);
  }

  /** The next of those that new subscriptions may take. */
  List<Long> forSubscriptions(Collection<String> ids, long afterId) throws Exception {
    return list("", "AND S.ID_ IN (" + marks(ids) + ")", afterId, ids);
  }

  /** The next of all. */
  List<Long> all(long afterId) throws Exception {
    return list("", "", afterId, List.of());
  }

  private static String marks(Collection<String> values) {
    return String.join(", ", Collections.nCopies(values.size(), "?"));
  }

  private List<Long> list(
      String ofMessage, String ofSubscription, long afterId, Collection<String> parameters)
      throws Exception {
    String sql = candidates.formatted(ofMessage, ofSubscription);
    return commands.read((command, db) -> list(db, sql, afterId, parameters));
  }

  private List<Long> list(Connection db, String sql, long afterId, Collection<String> parameters)
      throws SQLException {
    Inbox.Due due = inbox.due(db);
    try (PreparedStatement select = db.prepareStatement(sql)) {
      int index = 1;
      for (int way = 0; way < Way.values().length; way++) {
        select.setLong(index++, afterId);
        select.setObject(index++, due.until().atOffset(ZoneOffset.UTC));
        select.setObject(index++, due.orAfter().atOffset(ZoneOffset.UTC));
        for (String parameter : parameters) {
          select.setString(index++, parameter);
        }
      }
      try (ResultSet rows = select.executeQuery()) {
        List<Long> ids = new ArrayList<>();
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
        return ids;
      }
    }
  }
}
