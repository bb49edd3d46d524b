// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.Column;
import java.util.Collection;
import java.util.List;

/** The errors of this module. */
final class ProcessErrors {
  private static final String RANGE = "PROCESS";
  private static final int SHOWN_CHARS = 60;

  private ProcessErrors() {}

  static MillraceException unknownColumn(String option, String column, List<String> columns) {
    return error(
        ErrorCategory.SQL,
        1,
        "option '%s' names column '%s'; the table has %s"
            .formatted(option, column, String.join(", ", columns)));
  }

  static MillraceException keyNotString(String option, Column column) {
    return error(
        ErrorCategory.SQL,
        2,
        "option '%s' names column '%s' of type %s; a key must be a STRING, CHAR, VARCHAR or integer"
            .formatted(option, column.name(), column.type()));
  }

  static MillraceException uniqueWithout(String option) {
    return error(
        ErrorCategory.SQL,
        3,
        "such a 'unique' needs '%s': nothing else is unique".formatted(option));
  }

  static MillraceException correlatesByNothing() {
    return error(
        ErrorCategory.SQL,
        4,
        "a message must be correlated by something: give 'business-key-column' or"
            + " 'correlation-columns'");
  }

  static MillraceException noProcess(String connector) {
    return error(
        ErrorCategory.SQL,
        5,
        "'connector' = '%s' works in the stream task of a process instance only"
            .formatted(connector));
  }

  static MillraceException noEngine(String connector) {
    return error(
        ErrorCategory.SQL,
        6,
        "'connector' = '%s' works inside a process engine only".formatted(connector));
  }

  static MillraceException positionWithoutUse() {
    return error(
        ErrorCategory.SQL,
        7,
        "a position is given, but a start is unique by something else; add"
            + " 'unique' = 'position'");
  }

  static MillraceException needless(String option, String when) {
    return error(
        ErrorCategory.SQL, 8, "option '%s' has a meaning only with %s".formatted(option, when));
  }

  static MillraceException missing(String option, String when) {
    return error(ErrorCategory.SQL, 9, "option '%s' is needed with %s".formatted(option, when));
  }

  static MillraceException keyNeeded(String connector) {
    return error(
        ErrorCategory.SQL,
        10,
        "'connector' = '%s' needs a PRIMARY KEY (…) NOT ENFORCED: rows are kept by it"
            .formatted(connector));
  }

  static MillraceException badKey(Column column) {
    return error(
        ErrorCategory.SQL,
        11,
        "column '%s' of type %s cannot be part of the key of a live table; strings, whole numbers, decimals, booleans and dates can"
            .formatted(column.name(), column.type()));
  }

  static MillraceException badName(String option, String name) {
    return error(
        ErrorCategory.SQL,
        12,
        "option '%s' is '%s'; a name is 1 to 128 letters, digits, '_', '.' and '-'"
            .formatted(option, shownText(name)));
  }

  static MillraceException lookupByKeyOnly(String table, List<String> key) {
    return error(
        ErrorCategory.SQL,
        13,
        "live table '%s' is looked up by its whole key only: compare %s for equality"
            .formatted(table, String.join(", ", key)));
  }

  static MillraceException noHistoryColumn(String column, Collection<String> known) {
    return error(
        ErrorCategory.SQL,
        14,
        "history events have no column '%s'; they have %s"
            .formatted(column, String.join(", ", known)));
  }

  static MillraceException noEntity(String name, Collection<String> known) {
    return error(
        ErrorCategory.SQL,
        15,
        "option 'entities' names '%s'; there are %s"
            .formatted(shownText(name), String.join(", ", known)));
  }

  static MillraceException badVariable(Column column, Object value, String reason) {
    return error(
        ErrorCategory.DATA,
        20,
        "variable '%s' is %s, which is not %s%s"
            .formatted(column.name(), shown(value), column.type(), reason));
  }

  static MillraceException missingVariable(Column column) {
    return error(
        ErrorCategory.DATA,
        21,
        "variable '%s' is null or missing, but the column is %s"
            .formatted(column.name(), column.type()));
  }

  static MillraceException notAList(String variable, Object value) {
    return error(
        ErrorCategory.DATA,
        22,
        "variable '%s' is %s; expected a list, or JSON text of a list, of objects"
            .formatted(variable, shown(value)));
  }

  static MillraceException javaObject(String variable, String format) {
    return error(
        ErrorCategory.DATA,
        23,
        "variable '%s' is stored as %s, which is not read here; store it as JSON text"
            .formatted(variable, format));
  }

  static MillraceException tooLong(String variable, int length, int limit) {
    return error(
        ErrorCategory.DATA,
        24,
        "the text for variable '%s' has %d characters; the engine stores %d. With camunda-spin and"
                .formatted(variable, length, limit)
            + " 'defaultSerializationFormat' application/json, rows are stored as a JSON object of"
            + " any size");
  }

  static MillraceException startFailed(String key, Exception cause) {
    return error(
        ErrorCategory.DATA,
        30,
        "process '%s' could not be started: %s".formatted(key, cause.getMessage()),
        cause);
  }

  static MillraceException startFailedForNow(String key, Exception cause) {
    return error(
        ErrorCategory.CONNECTOR,
        37,
        "process '%s' could not be started, as a system it calls did not answer: %s"
            .formatted(key, cause.getMessage()),
        cause);
  }

  static MillraceException correlationFailedForNow(String message, Exception cause) {
    return error(
        ErrorCategory.CONNECTOR,
        38,
        "message '%s' could not be delivered, as a system its process calls did not answer: %s"
            .formatted(message, cause.getMessage()),
        cause);
  }

  static MillraceException nullKey(String column) {
    return error(ErrorCategory.DATA, 31, "business key column '%s' is NULL".formatted(column));
  }

  static MillraceException alreadyStarted(String key, String uniqueBy) {
    return error(
        ErrorCategory.DATA, 32, "process '%s' was started before for %s".formatted(key, uniqueBy));
  }

  static MillraceException notCorrelated(Message message) {
    return error(
        ErrorCategory.DATA,
        33,
        "message '%s' found no subscriber with %s; give the table a 'ttl', and it waits in the inbox"
            .formatted(message.name(), message.describe()));
  }

  static MillraceException correlatedTwice(Message message, int count) {
    return error(
        ErrorCategory.DATA,
        34,
        "message '%s' found %d subscribers with %s; one was expected"
            .formatted(message.name(), count, message.describe()));
  }

  static MillraceException correlationFailed(String message, Exception cause) {
    return error(
        ErrorCategory.DATA,
        35,
        "message '%s' could not be delivered: %s".formatted(message, cause.getMessage()),
        cause);
  }

  static MillraceException eventsGone(String table, String channel, long read, long removed) {
    return error(
        ErrorCategory.DATA,
        36,
        "table '%s' has read channel '%s' up to event %d, and the %d events behind it are gone: nobody"
                .formatted(table, channel, read, removed - read)
            + " kept them while its pipeline was stopped; deploy it again with SET"
            + " 'millrace.on-redeploy' = 'discard-positions': it then begins as 'scan.startup.mode'"
            + " says");
  }

  static MillraceException stagedRows(long max) {
    return error(
        ErrorCategory.RESOURCE,
        40,
        "more than %d rows wait for the commit; raise 'millrace.max-staged-rows' or write less"
            .formatted(max));
  }

  static MillraceException noVariable(Column column) {
    return error(
        ErrorCategory.SQL,
        41,
        "column '%s' is %s, and no variable is a MAP; write its values one by one, as %s['…']"
            .formatted(column.name(), column.type(), column.name()));
  }

  private static String shownText(String text) {
    return text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
  }

  private static String shown(Object value) {
    if (value == null) {
      return "null";
    }
    String text = value.toString();
    String start = text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
    return "'" + start + "' (" + value.getClass().getSimpleName() + ")";
  }

  private static MillraceException error(ErrorCategory category, int number, String message) {
    return error(category, number, message, null);
  }

  private static MillraceException error(
      ErrorCategory category, int number, String message, Throwable cause) {
    return new MillraceException(ErrorCode.of(RANGE, category, number), message, cause);
  }
}
