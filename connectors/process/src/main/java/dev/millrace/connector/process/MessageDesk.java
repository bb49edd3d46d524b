// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A service of the host: hands messages to process instances, and keeps those that must wait. Works
 * in the engine transaction of the calling thread. Thread-safe.
 */
public interface MessageDesk {
  /**
   * A message to hand on.
   *
   * @param failure why it failed when it was handed on before; it then waits for another attempt
   */
  record Submission(Message message, Optional<RuntimeException> failure) {}

  /** What became of a message. */
  sealed interface Outcome {
    /** The one instance that waited has it. */
    record Delivered(String processInstanceId) implements Outcome {}

    /** Nobody waited, so it started an instance. */
    record Started(String processInstanceId) implements Outcome {}

    /** It is in the inbox: waiting, or for an operator to decide. */
    record Kept() implements Outcome {}

    /** Nobody waits for it, and it may not wait. */
    record Unexpected() implements Outcome {}

    /** Several instances wait for it, and it may not wait. */
    record Ambiguous(int receivers) implements Outcome {}
  }

  /** A process failed with a message: the transaction is spoilt. */
  final class Undeliverable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final RuntimeException failure;

    public Undeliverable(int index, RuntimeException failure) {
      super(failure);
      this.index = index;
      this.failure = failure;
    }

    /** Of the submission. */
    public int index() {
      return index;
    }

    public RuntimeException failure() {
      return failure;
    }
  }

  /**
   * Hands messages on. Those for the same receiver arrive in their order, behind those that wait in
   * the inbox already.
   *
   * @return one outcome for each
   * @throws Undeliverable if a process failed with one of them
   * @throws dev.millrace.spi.error.MillraceException category RESOURCE, if the inbox is full
   */
  List<Outcome> send(Origin origin, List<Submission> messages);
}
