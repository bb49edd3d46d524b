// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.connector.process.StagedRows.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What rows must not share.
 *
 * @param columns whose values are the key; none if nothing is unique
 * @param refusesDuplicates a row with a known key is an error; else it is passed over
 */
record UniqueStart(Uniqueness by, List<KeyColumn> columns, boolean refusesDuplicates) {
  /** What the store's column holds. */
  private static final int MAX_LENGTH = 255;

  /**
   * @throws dev.millrace.spi.error.MillraceException category DATA, if a part of it is NULL
   */
  String key(Row row) {
    String key = columns.stream().map(column -> part(column, row)).collect(Collectors.joining("|"));
    return key.length() <= MAX_LENGTH ? key : digest(key);
  }

  private String part(KeyColumn column, Row row) {
    String value = column.value(row.batch(), row.index());
    if (value == null) {
      throw ProcessErrors.nullKey(column.name());
    }
    // one column stays as it is; of several, no two rows' parts can run together
    return columns.size() == 1 ? value : value.replace("\\", "\\\\").replace("|", "\\|");
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
