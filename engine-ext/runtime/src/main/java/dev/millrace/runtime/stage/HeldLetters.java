// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SourceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a source on a thread of its own could not read, held back until the rows before it have gone
 * through the stage: a commit then holds a dead letter exactly if it holds the position behind it.
 * Written and emptied by the source's thread.
 */
final class HeldLetters implements SourceContext {
  /** A dead letter, for those who take it. */
  @FunctionalInterface
  interface Letter {
    void giveTo(SourceContext context);
  }

  private final SourceContext context;
  private final long max;
  private List<Letter> held = List.of();

  /**
   * @param max letters held between two batches
   */
  HeldLetters(SourceContext context, long max) {
    this.context = context;
    this.max = max;
  }

  @Override
  public Services services() {
    return context.services();
  }

  @Override
  public Optional<Duration> idleTimeout() {
    return context.idleTimeout();
  }

  @Override
  public void deadLetter(String record, String position, Exception cause) {
    hold(taker -> taker.deadLetter(record, position, cause));
  }

  @Override
  public void deadLetter(byte[] record, String position, Exception cause) {
    hold(taker -> taker.deadLetter(record, position, cause));
  }

  private void hold(Letter letter) {
    if (held.isEmpty()) {
      held = new ArrayList<>();
    }
    if (held.size() == max) {
      throw RunErrors.lettersInARow(max);
    }
    held.add(letter);
  }

  /** Those since the last call. */
  List<Letter> take() {
    List<Letter> taken = held;
    held = List.of();
    return taken;
  }
}
