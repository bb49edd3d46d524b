// SPDX-License-Identifier: Apache-2.0
package dev.millrace.processes;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A process archive on the class path, as its {@code processes.xml} lists it. */
enum Archive {
  APPROVAL,
  SHIPPING,
  ORDER;

  String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  BpmnModelInstance model() {
    try (InputStream bpmn = open(key() + ".bpmn")) {
      return Bpmn.readModelFromStream(bpmn);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** The files the archive lists, in order. */
  List<String> files() {
    NodeList listed;
    try (InputStream descriptor = descriptor()) {
      var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      listed = parser.parse(descriptor).getElementsByTagName("resource");
    } catch (IOException | SAXException | ParserConfigurationException unreadable) {
      throw new IllegalStateException(unreadable);
    }
    return IntStream.range(0, listed.getLength())
        .mapToObj(i -> listed.item(i).getTextContent())
        .toList();
  }

  DeploymentBuilder addTo(DeploymentBuilder deployment) {
    files().forEach(deployment::addClasspathResource);
    return deployment;
  }

  /** All archives have a descriptor of this name: it is the one beside the archive's model. */
  private InputStream descriptor() throws IOException {
    var model = Archive.class.getClassLoader().getResource(key() + ".bpmn");
    var beside = model.toExternalForm().replace(key() + ".bpmn", "META-INF/processes.xml");
    return java.net.URI.create(beside).toURL().openStream();
  }

  static InputStream open(String file) {
    return Archive.class.getClassLoader().getResourceAsStream(file);
  }
}
