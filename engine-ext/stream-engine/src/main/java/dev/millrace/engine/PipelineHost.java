// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import java.util.function.Consumer;

/**
 * Who runs a pipeline.
 *
 * @param state keeps what it remembers
 * @param steering what is wanted of it
 * @param progress told now and then, on the thread that runs
 */
public record PipelineHost(
    StateStore state, Steering steering, Consumer<PipelineProgress> progress) {}
