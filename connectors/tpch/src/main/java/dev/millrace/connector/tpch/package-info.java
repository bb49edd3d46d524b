// SPDX-License-Identifier: Apache-2.0
/**
 * {@code 'connector' = 'tpch'}: the eight tables of the TPC-H benchmark at any scale, made row by
 * row, the same at every run; nothing is downloaded or stored. A table declares the columns it
 * wants, by TPC-H's names ({@code o_orderkey}), in any order and any fitting type; with {@code
 * rows-per-second} it becomes a steady feed. Rewindable: a position is the number of rows given.
 */
package dev.millrace.connector.tpch;
