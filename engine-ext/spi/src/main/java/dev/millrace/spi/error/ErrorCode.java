// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.error;

/**
 * The stable number of a kind of failure, for example {@code MR-SQL-003}. Never reused for another
 * meaning.
 */
public record ErrorCode(String id, ErrorCategory category) {
  public static ErrorCode of(ErrorCategory category, int number) {
    return new ErrorCode("MR-%s-%03d".formatted(category, number), category);
  }

  /** A number of a module's own range, for example {@code MR-CSV-002}. */
  public static ErrorCode of(String range, ErrorCategory category, int number) {
    return new ErrorCode("MR-%s-%03d".formatted(range, number), category);
  }
}
