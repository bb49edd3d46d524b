// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.PipelineProgress;
import java.time.Instant;

/**
 * How far a pipeline had come at a time.
 *
 * @param at by the {@link StoreClock}
 */
public record StoredProgress(PipelineProgress progress, Instant at) {}
