// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

/**
 * How values are written as JSON.
 *
 * @param plainDecimals 1000.00 and not 1E+3
 * @param ignoreNulls fields that are NULL are left out
 * @param nullKeyName stands for a key that is NULL, if {@code nullKey} says so
 */
record JsonStyle(
    TimestampStyle times,
    boolean plainDecimals,
    boolean ignoreNulls,
    MapNullKey nullKey,
    String nullKeyName) {}
