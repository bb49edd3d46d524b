// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** BPMN as text, without diagrams. Elements follow each other by {@link #line}. */
final class Model {
  private static final Pattern ASSOCIATION = Pattern.compile("@association\\((\\w+)\\)");

  private Model() {}

  static String process(String id, String content) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="test">
        <bpmn:process id="%s" isExecutable="true">
        %s
        </bpmn:process>
        <bpmn:error id="DataError" errorCode="DATA"/>
        <bpmn:message id="Ping" name="ping"/>
        </bpmn:definitions>
        """
        .formatted(id, ordered(content));
  }

  static String subProcess(String id, String content) {
    return "<bpmn:subProcess id=\"%s\">%s</bpmn:subProcess>\n".formatted(id, ordered(content));
  }

  /** The schema wants associations last in their scope. */
  private static String ordered(String content) {
    StringBuilder associations = new StringBuilder();
    Matcher matcher = ASSOCIATION.matcher(content);
    while (matcher.find()) {
      associations.append(
          """
          <bpmn:association id="a%1$s" associationDirection="One" sourceRef="Compensate%1$s"
              targetRef="Undo%1$s"/>
          """
              .formatted(matcher.group(1)));
    }
    return matcher.replaceAll("") + associations;
  }

  /** A stream task; {@code inner} are elements such as loop characteristics. */
  static String task(String id, String script, String inner) {
    return """
        <bpmn:serviceTask id="%s" camunda:delegateExpression="${streamTask}">
        <bpmn:extensionElements><camunda:properties>
        <camunda:property name="stream.script" value="%s"/>
        </camunda:properties></bpmn:extensionElements>%s</bpmn:serviceTask>
        """
        .formatted(id, script, inner);
  }

  static String task(String id, String script) {
    return task(id, script, "");
  }

  /** A compensation handler for a task. */
  static String handler(String task) {
    return """
        <bpmn:boundaryEvent id="Compensate%1$s" attachedToRef="%1$s"><bpmn:compensateEventDefinition/>
        </bpmn:boundaryEvent>
        <bpmn:serviceTask id="Undo%1$s" isForCompensation="true"
            camunda:delegateExpression="${streamRollback}"/>
        @association(%1$s)
        """
        .formatted(task);
  }

  /** Catches what a task's data got wrong, and goes to {@code target}. */
  static String caught(String task, String target) {
    return """
        <bpmn:boundaryEvent id="Caught%1$s" attachedToRef="%1$s">
        <bpmn:errorEventDefinition errorRef="DataError"/></bpmn:boundaryEvent>
        %2$s
        """
        .formatted(task, line("Caught" + task, target));
  }

  static String start(String id) {
    return "<bpmn:startEvent id=\"%s\"/>\n".formatted(id);
  }

  static String end(String id) {
    return "<bpmn:endEvent id=\"%s\"/>\n".formatted(id);
  }

  static String user(String id) {
    return "<bpmn:userTask id=\"%s\"/>\n".formatted(id);
  }

  /** Waits for a message. */
  static String receive(String id, String message) {
    return """
        <bpmn:intermediateCatchEvent id="%s"><bpmn:messageEventDefinition messageRef="%s"/>
        </bpmn:intermediateCatchEvent>
        """
        .formatted(id, Character.toUpperCase(message.charAt(0)) + message.substring(1));
  }

  static String compensate(String id) {
    return """
        <bpmn:intermediateThrowEvent id="%s"><bpmn:compensateEventDefinition/>
        </bpmn:intermediateThrowEvent>
        """
        .formatted(id);
  }

  /** Sequence flows along these ids. */
  static String line(String... ids) {
    StringBuilder flows = new StringBuilder();
    for (int i = 1; i < ids.length; i++) {
      flows.append(
          "<bpmn:sequenceFlow id=\"f_%1$s_%2$s\" sourceRef=\"%1$s\" targetRef=\"%2$s\"/>\n"
              .formatted(ids[i - 1], ids[i]));
    }
    return flows.toString();
  }
}
