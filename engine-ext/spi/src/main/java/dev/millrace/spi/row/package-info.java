// SPDX-License-Identifier: Apache-2.0
/**
 * Rows in motion. Hot code: {@link dev.millrace.spi.row.RowBatch} is preallocated and
 * single-threaded; whoever holds a batch owns it until it hands it on.
 */
package dev.millrace.spi.row;
