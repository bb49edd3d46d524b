// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

/**
 * {@code scan.partition.*}: rows outside are not read. Flink splits the range over parallel
 * readers; the rows together are the same.
 *
 * @param position of the column in the schema
 */
record ScanBounds(int position, long lower, long upper) {}
