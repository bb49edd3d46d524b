// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

/**
 * A record or row that could not be processed.
 *
 * @param record as text
 * @param position where it was found, for a person; empty if unknown
 * @param error what was wrong with it
 */
public record DeadLetter(String record, String position, String error) {}
