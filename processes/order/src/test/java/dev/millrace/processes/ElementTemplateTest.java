// SPDX-License-Identifier: Apache-2.0
package dev.millrace.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The templates people model with fit the official schema, and our models fit the templates. */
class ElementTemplateTest {
  private static final Path TEMPLATES = Path.of("../../.camunda/element-templates");
  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Path> templateFiles() throws IOException {
    return Files.list(TEMPLATES).filter(file -> file.toString().endsWith(".json")).sorted();
  }

  @ParameterizedTest
  @MethodSource("templateFiles")
  void templatesFitTheOfficialSchema(Path file) throws IOException {
    assertThat(schema().validate(read(file))).isEmpty();
  }

  @Test
  void schemaRefusesATemplateWithoutProperties() throws IOException {
    JsonNode templates = read(TEMPLATES.resolve("stream-rollback.json"));
    ((ObjectNode) templates.get(0)).remove("properties");
    assertThat(schema().validate(templates)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void tasksOfTheArchivesAreAsTheirTemplateMakesThem(Archive archive) throws IOException {
    Map<String, JsonNode> templates = templatesById();
    for (ServiceTask task : archive.model().getModelElementsByType(ServiceTask.class)) {
      JsonNode template = templates.get(task.getAttributeValueNs(CAMUNDA, "modelerTemplate"));
      assertThat(template).as("template of " + task.getId()).isNotNull();
      assertThat(task.getAttributeValueNs(CAMUNDA, "modelerTemplateVersion"))
          .isEqualTo(template.get("version").asText());
      for (JsonNode property : template.get("properties")) {
        JsonNode binding = property.get("binding");
        if (binding.get("type").asText().equals("property")) {
          assertThat(task.getCamundaDelegateExpression()).isEqualTo(property.get("value").asText());
        } else {
          assertThat(propertiesOf(task)).containsKey(binding.get("name").asText());
        }
      }
    }
  }

  private static Map<String, String> propertiesOf(ServiceTask task) {
    Map<String, String> values = new HashMap<>();
    task.getExtensionElements()
        .getElementsQuery()
        .filterByType(org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties.class)
        .singleResult()
        .getCamundaProperties()
        .forEach((CamundaProperty p) -> values.put(p.getCamundaName(), p.getCamundaValue()));
    return values;
  }

  private static Map<String, JsonNode> templatesById() throws IOException {
    Map<String, JsonNode> byId = new HashMap<>();
    try (Stream<Path> files = templateFiles()) {
      files.forEach(file -> read(file).forEach(t -> byId.put(t.get("id").asText(), t)));
    }
    return byId;
  }

  private static JsonSchema schema() throws IOException {
    JsonNode schema;
    try (var text = Archive.open("element-templates-json-schema/schema.json")) {
      schema = JSON.readTree(text);
    }
    // "$id" is used there as a mere anchor ("#/name"), which later drafts would resolve.
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
