// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is refused says what to do. */
class DeadLetterErrorsTest {
  @Test
  void aLetterThatHasEndedSaysWhatIsLeft() {
    assertThat(DeadLetterErrors.deadLetterEnded(7, "REPLAYED"))
        .hasMessageContaining("put what is still missing where the script reads");
    assertThat(DeadLetterErrors.deadLetterEnded(7, "REQUESTED"))
        .hasMessageContaining("start or resume it");
  }
}
