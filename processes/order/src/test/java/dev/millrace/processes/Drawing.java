// SPDX-License-Identifier: Apache-2.0
package dev.millrace.processes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Association;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;

/** The diagram of a model, as boxes and lines; finds what a reader would stumble over. */
final class Drawing {
  /** A rectangle in the pixels of the diagram. */
  record Box(double left, double top, double right, double bottom) {
    static Box of(Bounds bounds) {
      return new Box(
          bounds.getX(),
          bounds.getY(),
          bounds.getX() + bounds.getWidth(),
          bounds.getY() + bounds.getHeight());
    }

    boolean overlaps(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    boolean hasOnItsBorder(double x, double y) {
      boolean inside = left <= x && x <= right && top <= y && y <= bottom;
      return inside && (x == left || x == right || y == top || y == bottom);
    }
  }

  /** A straight piece of an edge. */
  record Segment(double fromX, double fromY, double toX, double toY) {
    boolean isStraight() {
      return fromX == toX || fromY == toY;
    }

    boolean crosses(Box box) {
      return Math.min(fromX, toX) < box.right
          && box.left < Math.max(fromX, toX) + (fromX == toX ? 0.5 : 0)
          && Math.min(fromY, toY) < box.bottom
          && box.top < Math.max(fromY, toY) + (fromY == toY ? 0.5 : 0);
    }
  }

  private final BpmnModelInstance model;
  private final Map<String, Box> boxes = new TreeMap<>();
  private final Map<String, Box> labels = new TreeMap<>();
  private final Map<String, List<Segment>> lines = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  private Drawing(BpmnModelInstance model) {
    this.model = model;
    for (BpmnShape shape : model.getModelElementsByType(BpmnShape.class)) {
      boxes.put(shape.getBpmnElement().getId(), Box.of(shape.getBounds()));
      label(shape.getBpmnElement(), shape.getBpmnLabel());
    }
    for (BpmnEdge edge : model.getModelElementsByType(BpmnEdge.class)) {
      lines.put(edge.getBpmnElement().getId(), segments(edge));
      label(edge.getBpmnElement(), edge.getBpmnLabel());
    }
  }

  /** What is wrong with the diagram, one sentence each; empty if nothing. */
  static List<String> faultsOf(BpmnModelInstance model) {
    Drawing drawing = new Drawing(model);
    drawing.everythingIsDrawn();
    drawing.nothingOverlaps();
    drawing.linesRunFromElementToElement();
    return drawing.faults;
  }

  private void label(BaseElement element, BpmnLabel label) {
    if (label != null) {
      labels.put(element.getId(), Box.of(label.getBounds()));
    }
  }

  private static List<Segment> segments(BpmnEdge edge) {
    var points = List.copyOf(edge.getWaypoints());
    List<Segment> segments = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      var from = points.get(i - 1);
      var to = points.get(i);
      segments.add(new Segment(from.getX(), from.getY(), to.getX(), to.getY()));
    }
    return segments;
  }

  private void everythingIsDrawn() {
    requireDrawn(model.getModelElementsByType(FlowNode.class), boxes);
    requireDrawn(model.getModelElementsByType(SequenceFlow.class), lines);
    requireDrawn(model.getModelElementsByType(Association.class), lines);
  }

  private void requireDrawn(Collection<? extends BaseElement> elements, Map<String, ?> drawn) {
    for (BaseElement element : elements) {
      if (!drawn.containsKey(element.getId())) {
        faults.add(element.getId() + " is not drawn");
      }
    }
  }

  private void nothingOverlaps() {
    boxes.forEach(
        (id, box) -> {
          boxes.forEach(
              (other, otherBox) -> {
                if (id.compareTo(other) < 0 && box.overlaps(otherBox) && !attached(id, other)) {
                  faults.add(id + " overlaps " + other);
                }
              });
          labels.forEach(
              (other, label) -> {
                if (box.overlaps(label)) {
                  faults.add(id + " hides the label of " + other);
                }
              });
        });
    labels.forEach(
        (id, label) -> {
          labels.forEach(
              (other, otherLabel) -> {
                if (id.compareTo(other) < 0 && label.overlaps(otherLabel)) {
                  faults.add("the labels of " + id + " and " + other + " overlap");
                }
              });
          lines.forEach(
              (line, segments) -> {
                if (segments.stream().anyMatch(segment -> segment.crosses(label))) {
                  faults.add(line + " strikes out the label of " + id);
                }
              });
        });
  }

  private boolean attached(String one, String other) {
    return attachedTo(one, other) || attachedTo(other, one);
  }

  private boolean attachedTo(String boundary, String host) {
    return model.getModelElementById(boundary) instanceof BoundaryEvent event
        && event.getAttachedTo().getId().equals(host);
  }

  private void linesRunFromElementToElement() {
    for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
      line(flow.getId(), flow.getSource().getId(), flow.getTarget().getId());
    }
    for (Association association : model.getModelElementsByType(Association.class)) {
      line(association.getId(), association.getSource().getId(), association.getTarget().getId());
    }
  }

  private void line(String id, String source, String target) {
    List<Segment> segments = lines.getOrDefault(id, List.of());
    if (segments.isEmpty()) {
      return;
    }
    Segment first = segments.get(0);
    Segment last = segments.get(segments.size() - 1);
    if (!boxes.get(source).hasOnItsBorder(first.fromX, first.fromY)) {
      faults.add(id + " does not leave " + source);
    }
    if (!boxes.get(target).hasOnItsBorder(last.toX, last.toY)) {
      faults.add(id + " does not reach " + target);
    }
    if (!segments.stream().allMatch(Segment::isStraight)) {
      faults.add(id + " runs askew");
    }
    boxes.forEach(
        (other, box) -> {
          if (segments.stream().anyMatch(segment -> segment.crosses(box))
              && !attached(other, source)
              && !attached(other, target)) {
            faults.add(id + " runs through " + other);
          }
        });
  }
}
