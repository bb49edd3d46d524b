// SPDX-License-Identifier: Apache-2.0
/** Calcite's relational algebra to the plan. Read first: {@link dev.millrace.sql.rel.RelToPlan}. */
package dev.millrace.sql.rel;
