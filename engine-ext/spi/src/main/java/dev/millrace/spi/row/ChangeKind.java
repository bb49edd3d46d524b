// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.row;

/**
 * What a row does to a changing table, as Flink's {@code RowKind}; the ordinal is its stored form.
 */
public enum ChangeKind {
  INSERT("+I"),
  UPDATE_BEFORE("-U"),
  UPDATE_AFTER("+U"),
  DELETE("-D");

  private static final ChangeKind[] KINDS = values();

  private final String shortName;

  ChangeKind(String shortName) {
    this.shortName = shortName;
  }

  public String shortName() {
    return shortName;
  }

  /** True for {@code +I} and {@code +U}: the row is there afterwards. */
  public boolean adds() {
    return this == INSERT || this == UPDATE_AFTER;
  }

  public static ChangeKind of(int ordinal) {
    return KINDS[ordinal];
  }
}
