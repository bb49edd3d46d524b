// SPDX-License-Identifier: Apache-2.0
/**
 * A query: syntax tree → validated tree → relational algebra → plan. Read first: {@link
 * dev.millrace.sql.query.QueryPlanner}.
 */
package dev.millrace.sql.query;
