// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused says what to do. */
class CamundaErrorsTest {
  @Test
  void aRollbackThatStoppedNamesTheWaysOn() {
    assertThat(CamundaErrors.conflicts("T", List.of("row 1"), List.of("row 2")))
        .hasMessageContaining("row 1\nwould change:\nrow 2\nRepair the rows and retry")
        .hasMessageContaining("resume with 'skip'")
        .hasMessageContaining("or 'force'");
    assertThat(CamundaErrors.orderConflicts(List.of("row 1")))
        .hasMessageContaining("row 1\nRepair the rows and retry, or resume with 'skip'");
  }

  @Test
  void whatIsTooLateSaysWhatIsLeft() {
    assertThat(CamundaErrors.notCompensatable("i", Instant.EPOCH))
        .hasMessageContaining("by hand")
        .hasMessageContaining("historyTimeToLive");
    assertThat(CamundaErrors.deadLetterEnded(7, "REPLAYED"))
        .hasMessageContaining("put what is still missing where the script reads");
    assertThat(CamundaErrors.deadLetterEnded(7, "REQUESTED"))
        .hasMessageContaining("start or resume it");
    assertThat(CamundaErrors.unknownMessage(7)).hasMessageContaining("list what is there");
    assertThat(CamundaErrors.messageTaken(7, "i")).hasMessageContaining("look at that instance");
  }

  @Test
  void aLimitThatIsMetIsNamedAsItIsSet() {
    assertThat(CamundaErrors.inboxFull(5)).hasMessageContaining("'millrace.inbox.limit' (now 5;");
  }
}
