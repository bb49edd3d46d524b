// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused says what to do. */
class RollbackErrorsTest {
  @Test
  void aRollbackThatStoppedNamesTheWaysOn() {
    assertThat(RollbackErrors.conflicts("T", List.of("row 1"), List.of("row 2")))
        .hasMessageContaining("row 1\nwould change:\nrow 2\nRepair the rows and retry")
        .hasMessageContaining("resume with 'skip'")
        .hasMessageContaining("or 'force'");
    assertThat(RollbackErrors.orderConflicts(List.of("row 1")))
        .hasMessageContaining("row 1\nRepair the rows and retry, or resume with 'skip'");
  }

  @Test
  void whatIsTooLateSaysWhatIsLeft() {
    assertThat(RollbackErrors.notCompensatable("i", Instant.EPOCH))
        .hasMessageContaining("by hand")
        .hasMessageContaining("historyTimeToLive");
  }
}
