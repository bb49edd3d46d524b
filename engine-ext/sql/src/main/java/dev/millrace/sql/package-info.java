// SPDX-License-Identifier: Apache-2.0
/** Flink SQL text to plan; the only sight of Calcite. */
package dev.millrace.sql;
