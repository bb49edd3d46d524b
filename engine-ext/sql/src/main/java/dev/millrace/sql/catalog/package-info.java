// SPDX-License-Identifier: Apache-2.0
/**
 * The tables a script declares, bound to their connectors: options checked here, sources and sinks
 * made here, once per table.
 */
package dev.millrace.sql.catalog;
