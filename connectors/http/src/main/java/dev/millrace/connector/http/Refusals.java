// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Answer;
import java.util.Set;

/** Which answers to a request that writes will never be others. */
final class Refusals {
  /** Not the row's fault: credentials, their rights, and what the server asks of the client. */
  private static final Set<Integer> OF_THE_CONNECTION = Set.of(401, 402, 403, 407, 421, 426, 511);

  /** What an inverse request wants to be gone, is. */
  private static final Set<Integer> NOTHING_THERE = Set.of(404, 410);

  private Refusals() {}

  /** Whether the server will never take this request. */
  static boolean isFinal(Answer answer) {
    return answer.status() >= 400
        && answer.status() < 500
        && !answer.isPassing()
        && !OF_THE_CONNECTION.contains(answer.status());
  }

  static boolean isDone(SinkRequest request, Answer answer) {
    return answer.isSuccess() || request.inverse() && NOTHING_THERE.contains(answer.status());
  }
}
