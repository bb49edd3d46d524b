// SPDX-License-Identifier: Apache-2.0
/**
 * What the archives promise: diagrams people can read, files an engine accepts, and orders that are
 * either shipped or leave no trace. Read first: {@link dev.millrace.processes.Archive}.
 */
package dev.millrace.processes;
