// SPDX-License-Identifier: Apache-2.0
package dev.millrace.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An archive lists all it needs: nothing is found by scanning. */
class ArchiveTest {
  @ParameterizedTest
  @EnumSource
  void everyListedFileIsThere(Archive archive) {
    assertThat(archive.files())
        .isNotEmpty()
        .allSatisfy(f -> assertThat(Archive.open(f)).isNotNull());
  }

  @ParameterizedTest
  @EnumSource
  void everyScriptOfAStreamTaskIsListed(Archive archive) {
    List<String> scripts =
        archive.model().getModelElementsByType(CamundaProperty.class).stream()
            .filter(property -> property.getCamundaName().equals("stream.script"))
            .map(CamundaProperty::getCamundaValue)
            .toList();
    assertThat(archive.files()).containsAll(scripts);
  }

  @ParameterizedTest
  @EnumSource
  void historyIsBounded(Archive archive) {
    assertThat(archive.model().getModelElementsByType(Process.class))
        .allSatisfy(p -> assertThat(p.getCamundaHistoryTimeToLiveString()).isEqualTo("P1D"));
  }

  @Test
  void orderCallsTheOtherTwo() {
    Stream<String> called =
        Archive.ORDER.model().getModelElementsByType(CallActivity.class).stream()
            .map(CallActivity::getCalledElement);
    assertThat(called).containsExactly("approval", "shipping");
  }

  @Test
  void formOfTheUserTaskIsInTheArchive() {
    assertThat(Archive.APPROVAL.model().getModelElementsByType(UserTask.class))
        .allSatisfy(
            task ->
                assertThat(Archive.APPROVAL.files()).contains(task.getCamundaFormRef() + ".form"));
  }
}
