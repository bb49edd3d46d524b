// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

/**
 * What a run has done so far.
 *
 * @param rowsIn read from sources
 * @param rowsOut written to sinks
 * @param late dropped behind the watermark
 * @param dead could not be processed
 * @param watermarkMicros event time reached; {@link Long#MIN_VALUE} without one, {@link
 *     Long#MAX_VALUE} at the end
 * @param elapsedNanos since the start
 */
public record RunMetrics(
    long rowsIn, long rowsOut, long late, long dead, long watermarkMicros, long elapsedNanos) {}
