// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.script;

/** Says that a statement cannot be planned because of an error of an earlier one. */
public final class AlreadyReported extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AlreadyReported(String table) {
    super("the declaration of '" + table + "' has failed");
  }
}
