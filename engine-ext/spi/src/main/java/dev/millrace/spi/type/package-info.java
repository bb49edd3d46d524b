// SPDX-License-Identifier: Apache-2.0
/**
 * Flink's data types and the shape of a row. Read first: {@link dev.millrace.spi.type.DataType}.
 */
package dev.millrace.spi.type;
