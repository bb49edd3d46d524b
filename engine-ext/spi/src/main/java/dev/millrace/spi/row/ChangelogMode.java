// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.row;

/** Which change kinds flow, as Flink's {@code ChangelogMode}. */
public enum ChangelogMode {
  /** {@code +I} only. */
  INSERT_ONLY,
  /** {@code +I}, {@code +U} and {@code -D} with a key: {@code -U} is dropped. */
  UPSERT,
  /** All four kinds. */
  ALL
}
