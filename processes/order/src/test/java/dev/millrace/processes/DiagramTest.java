// SPDX-License-Identifier: Apache-2.0
package dev.millrace.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiagramTest {
  @ParameterizedTest
  @EnumSource
  void everythingIsDrawnAndNothingIsInTheWay(Archive archive) {
    assertThat(Drawing.faultsOf(archive.model())).isEmpty();
  }

  @Test
  void missingShapeIsFound() {
    BpmnModelInstance model = Archive.ORDER.model();
    BpmnEdge edge = model.getModelElementById("ToScoreRisk_di");
    edge.getParentElement().removeChildElement(edge);
    assertThat(Drawing.faultsOf(model)).containsExactly("ToScoreRisk is not drawn");
  }

  @Test
  void overlapIsFound() {
    BpmnModelInstance model = Archive.ORDER.model();
    BpmnShape shape = model.getModelElementById("ScoreRisk_di");
    BpmnShape other = model.getModelElementById("ReserveStock_di");
    shape.getBounds().setX(other.getBounds().getX());
    assertThat(Drawing.faultsOf(model)).contains("ReserveStock overlaps ScoreRisk");
  }

  @Test
  void lineThatEndsInNothingIsFound() {
    BpmnModelInstance model = Archive.ORDER.model();
    BpmnEdge edge = model.getModelElementById("ToScoreRisk_di");
    Waypoint last = edge.getWaypoints().stream().reduce((first, second) -> second).orElseThrow();
    last.setX(last.getX() - 20);
    assertThat(Drawing.faultsOf(model)).containsExactly("ToScoreRisk does not reach ScoreRisk");
  }
}
