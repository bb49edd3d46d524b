// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is refused says what to do. */
class InboxErrorsTest {
  @Test
  void aMessageThatIsGoneSaysWhereToLook() {
    assertThat(InboxErrors.unknownMessage(7)).hasMessageContaining("list what is there");
    assertThat(InboxErrors.messageTaken(7, "i")).hasMessageContaining("look at that instance");
  }

  @Test
  void aLimitThatIsMetIsNamedAsItIsSet() {
    assertThat(InboxErrors.inboxFull(5)).hasMessageContaining("'millrace.inbox.limit' (now 5;");
  }
}
