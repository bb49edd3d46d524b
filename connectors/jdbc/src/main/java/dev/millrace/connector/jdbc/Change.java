// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

/**
 * What shall become of the row with a key.
 *
 * @param row values of the sink's columns, in their columns' classes
 * @param delete the row goes; its values other than the key do not matter
 */
record Change(Object[] row, boolean delete) {}
