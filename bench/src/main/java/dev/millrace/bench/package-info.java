// SPDX-License-Identifier: Apache-2.0
/**
 * Figures as ratios. {@link dev.millrace.bench.Bench} forks a JVM per round and query; a {@link
 * dev.millrace.bench.Round} runs the query by each {@link dev.millrace.bench.Contender} over the
 * same events in memory, compares their checksums, and prints one line per measurement.
 */
package dev.millrace.bench;
