// SPDX-License-Identifier: Apache-2.0
/**
 * Flink's functions: how Calcite shall resolve and type them, and what each is in the plan. A
 * function that is in none of these tables does not exist. Read first: {@link
 * dev.millrace.sql.function.Functions}.
 */
package dev.millrace.sql.function;
