// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.connector.process.StagedRows.Row;
import dev.millrace.spi.connector.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What rows must not share.
 *
 * @param source whose positions they are, if a script says; else its table and who works for it
 * @param columns whose values are the key; none if nothing is unique
 * @param refusesDuplicates a row with a known key is an error; else it is passed over
 */
record UniqueStart(
    Uniqueness by, Optional<String> source, List<KeyColumn> columns, boolean refusesDuplicates) {
  /** What the store's column holds. */
  private static final int MAX_LENGTH = 255;

  /**
   * The source of the positions a table gets: another table, or another pipeline's, has another.
   * The same whenever the pipeline, or the task of whatever instance, goes on.
   */
  String source(Origin origin, String table) {
    String task =
        origin
            .task()
            .map(each -> "task " + escaped(each.processDefinitionKey()) + "|" + each.activityId())
            .orElse("");
    String owner = origin.pipeline().map(name -> "pipeline " + escaped(name)).orElse(task);
    return source.map(name -> "source " + escaped(name)).orElse(owner + "|" + escaped(table));
  }

  /**
   * @param source as of {@link #source}
   * @throws dev.millrace.spi.error.MillraceException category DATA, if a part of it is NULL
   */
  String key(Row row, String source) {
    if (by == Uniqueness.BUSINESS_KEY) {
      return shortened(value(columns.get(0), row));
    }
    return shortened(
        columns.stream()
            .map(column -> "|" + escaped(value(column, row)))
            .collect(Collectors.joining("", source, "")));
  }

  private static String value(KeyColumn column, Row row) {
    String value = column.value(row.batch(), row.index());
    if (value == null) {
      throw ProcessErrors.nullKey(column.name());
    }
    return value;
  }

  /** No two rows' parts can run together. */
  private static String escaped(String part) {
    return part.replace("\\", "\\\\").replace("|", "\\|");
  }

  private static String shortened(String key) {
    return key.length() <= MAX_LENGTH ? key : digest(key);
  }

  private static String digest(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** For a message. */
  String describe(String key) {
    return (by == Uniqueness.POSITION ? "position '" : "business key '") + key + "'";
  }
}
