// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.connector.Services;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How a plan shall run.
 *
 * @param lanes parallel instances of each keyed stage, and readers of each table several can read;
 *     1 or more. Where state is kept there is one instance, whoever reads
 * @param services of the run, offered to sources and sinks
 * @param committer ends the run, or each batch of a pipeline, in the host's transaction; without
 *     one, sinks write by themselves
 * @param deadLetters takes what could not be processed; without one, the first such row fails the
 *     run
 * @param positions where rewindable sources go on, by table name
 * @param progress told now and then, on the calling thread
 * @param stop asked between batches, on the calling thread; true cancels the run as an interruption
 *     does, but without one: an embedded database loses its file when a thread is interrupted while
 *     it reads
 * @param replay what is processed instead of the script's input
 * @param host of a pipeline; without one, nothing is remembered beyond the run
 */
public record RunRequest(
    int lanes,
    Services services,
    Optional<Committer> committer,
    Optional<Consumer<DeadLetter>> deadLetters,
    Map<String, String> positions,
    Consumer<RunMetrics> progress,
    BooleanSupplier stop,
    Optional<Replay> replay,
    Optional<PipelineHost> host) {

  public static RunRequest standalone() {
    return new RunRequest(
        1,
        Services.none(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        metrics -> {},
        () -> false,
        Optional.empty(),
        Optional.empty());
  }

  public RunRequest withLanes(int count) {
    return new RunRequest(
        count, services, committer, deadLetters, positions, progress, stop, replay, host);
  }

  public RunRequest withServices(Services offered) {
    return new RunRequest(
        lanes, offered, committer, deadLetters, positions, progress, stop, replay, host);
  }

  public RunRequest withCommitter(Committer transaction) {
    return new RunRequest(
        lanes,
        services,
        Optional.of(transaction),
        deadLetters,
        positions,
        progress,
        stop,
        replay,
        host);
  }

  public RunRequest withDeadLetters(Consumer<DeadLetter> consumer) {
    return new RunRequest(
        lanes, services, committer, Optional.of(consumer), positions, progress, stop, replay, host);
  }

  public RunRequest withPositions(Map<String, String> byTable) {
    return new RunRequest(
        lanes, services, committer, deadLetters, byTable, progress, stop, replay, host);
  }

  public RunRequest withProgress(Consumer<RunMetrics> listener) {
    return new RunRequest(
        lanes, services, committer, deadLetters, positions, listener, stop, replay, host);
  }

  public RunRequest withStop(BooleanSupplier question) {
    return new RunRequest(
        lanes, services, committer, deadLetters, positions, progress, question, replay, host);
  }

  /** Reads what is given instead of the script's sources, and commits once, at the end. */
  public RunRequest withReplay(Replay instead) {
    return new RunRequest(
        lanes,
        services,
        committer,
        deadLetters,
        positions,
        progress,
        stop,
        Optional.of(instead),
        host);
  }

  public RunRequest withHost(PipelineHost pipelineHost) {
    return new RunRequest(
        lanes,
        services,
        committer,
        deadLetters,
        positions,
        progress,
        stop,
        replay,
        Optional.of(pipelineHost));
  }
}
