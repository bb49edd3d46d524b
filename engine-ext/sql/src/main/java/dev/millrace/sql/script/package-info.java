// SPDX-License-Identifier: Apache-2.0
/**
 * A script as statements with their places: split, parsed by Flink's grammar, errors mapped back to
 * line and column of the whole script.
 */
package dev.millrace.sql.script;
