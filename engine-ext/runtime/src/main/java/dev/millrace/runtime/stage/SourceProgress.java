// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far a source has come.
 *
 * @param table its name
 * @param rowsIn read since the run began
 * @param watermarkMicros event time it has reached; empty if none is declared or no row has come
 * @param idle event time does not wait for it
 * @param silent how long no row has come, as of the last look; zero where nobody looks
 * @param lagRows rows it has beyond those read, where it can tell
 */
public record SourceProgress(
    String table,
    long rowsIn,
    OptionalLong watermarkMicros,
    boolean idle,
    Duration silent,
    OptionalLong lagRows) {}
