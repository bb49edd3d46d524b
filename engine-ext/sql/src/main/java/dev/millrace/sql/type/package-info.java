// SPDX-License-Identifier: Apache-2.0
/** Flink's type rules for Calcite, and types translated to those of the plan. */
package dev.millrace.sql.type;
