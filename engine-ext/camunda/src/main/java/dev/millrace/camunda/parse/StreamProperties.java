// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.parse;

import dev.millrace.camunda.script.ScriptSource;
import dev.millrace.spi.error.MillraceException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * The {@code camunda:property} elements {@code stream.*} of one element. Others are not ours.
 *
 * @param problems told what is wrong; reading goes on
 */
record StreamProperties(
    Element element, Map<String, String> values, Consumer<MillraceException> problems) {
  private static final String PREFIX = "stream.";
  private static final String SCRIPT = PREFIX + "script";
  private static final String SQL = PREFIX + "sql";
  private static final String ON_INTERRUPT = PREFIX + "onInterrupt";
  private static final String ON_CONFLICT = PREFIX + "onConflict";
  private static final String ON_FINAL = "stream.onFinal";

  static StreamProperties of(Element element, Consumer<MillraceException> problems) {
    Map<String, String> values = new LinkedHashMap<>();
    Element extensions = element.element("extensionElements");
    if (extensions != null) {
      for (Element list : children(extensions, "properties")) {
        for (Element property : children(list, "property")) {
          String name = property.attribute("name");
          if (name != null && name.startsWith(PREFIX)) {
            String value = Optional.ofNullable(property.attribute("value")).orElse("");
            if (values.putIfAbsent(name, value) != null) {
              problems.accept(DeploymentErrors.repeatedProperty(name));
            }
          }
        }
      }
    }
    return new StreamProperties(element, values, problems);
  }

  private static List<Element> children(Element parent, String tag) {
    return parent.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, tag);
  }

  void allowTask() {
    allow(SCRIPT, SQL, ON_INTERRUPT);
  }

  void allowHandler() {
    allow(ON_CONFLICT, ON_FINAL);
  }

  private void allow(String... names) {
    TreeSet<String> known = new TreeSet<>(Arrays.asList(names));
    values.keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> problems.accept(DeploymentErrors.unknownProperty(name, known)));
  }

  Optional<ScriptSource> script() {
    String script = values.getOrDefault(SCRIPT, "").strip();
    String sql = values.getOrDefault(SQL, "");
    if (!script.isEmpty() && !sql.isBlank()) {
      problems.accept(DeploymentErrors.scriptTwice());
      return Optional.empty();
    }
    if (!script.isEmpty()) {
      return Optional.of(ScriptSource.named(script));
    }
    if (!sql.isBlank()) {
      return Optional.of(new ScriptSource.Inline(element.attribute("id"), sql));
    }
    problems.accept(DeploymentErrors.scriptMissing());
    return Optional.empty();
  }

  /**
   * What becomes of an interrupted run's effects. A run commits once, at its end, so an interrupted
   * one has none: both values leave nothing behind.
   */
  private enum OnInterrupt {
    UNDO,
    KEEP
  }

  void checkOnInterrupt() {
    oneOf(ON_INTERRUPT, OnInterrupt.UNDO);
  }

  <E extends Enum<E>> E onConflict(E defaultValue) {
    return oneOf(ON_CONFLICT, defaultValue);
  }

  <E extends Enum<E>> E onFinal(E defaultValue) {
    return oneOf(ON_FINAL, defaultValue);
  }

  private <E extends Enum<E>> E oneOf(String name, E defaultValue) {
    String text = values.get(name);
    if (text == null) {
      return defaultValue;
    }
    E[] all = defaultValue.getDeclaringClass().getEnumConstants();
    for (E each : all) {
      if (spelled(each).equals(text)) {
        return each;
      }
    }
    problems.accept(
        DeploymentErrors.badValue(
            name, text, Arrays.stream(all).map(StreamProperties::spelled).toList()));
    return defaultValue;
  }

  private static String spelled(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
