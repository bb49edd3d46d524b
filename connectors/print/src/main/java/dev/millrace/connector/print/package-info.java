// SPDX-License-Identifier: Apache-2.0
/**
 * Sinks for looking and for measuring: {@code print} writes rows as Flink's does, {@code blackhole}
 * forgets them. Read first: {@link dev.millrace.connector.print.PrintSink}.
 */
package dev.millrace.connector.print;
