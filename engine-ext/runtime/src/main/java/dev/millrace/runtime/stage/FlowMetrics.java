// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

/**
 * What a run has done so far.
 *
 * @param rowsIn read from sources
 * @param rowsOut written to sinks
 * @param late dropped behind the watermark
 * @param dead could not be processed
 * @param watermarkMicros event time that has reached the sinks; {@link Long#MIN_VALUE} without one
 */
public record FlowMetrics(long rowsIn, long rowsOut, long late, long dead, long watermarkMicros) {}
