// SPDX-License-Identifier: Apache-2.0
/**
 * Flink SQL text to plan; the only sight of Calcite.
 *
 * <pre>
 *   text ─ script ─→ statements ─┬─ CREATE TABLE ─→ catalog
 *   (Flink's grammar)            ├─ SET ──────────→ settings
 *                                └─ INSERT ─ query ─→ algebra ─ rel ─→ plan
 *                                   (validator, Flink's types and functions)
 * </pre>
 *
 * Read first: {@link dev.millrace.sql.ScriptPlanner}.
 */
package dev.millrace.sql;
