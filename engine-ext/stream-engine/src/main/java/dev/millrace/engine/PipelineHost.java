// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import java.util.function.Consumer;

/**
 * Who runs a pipeline.
 *
 * @param state keeps what it remembers
 * @param steering what is wanted of it
 * @param replays dead letters that shall go through it
 * @param progress told now and then, on the thread that runs
 */
public record PipelineHost(
    StateStore state,
    Steering steering,
    ReplayRequests replays,
    Consumer<PipelineProgress> progress) {}
