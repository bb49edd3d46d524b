// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MillracePropertiesTest {
  @Test
  void settingsOfAClusterKeepTheNamesTheClientKnows() {
    MillraceProperties properties =
        new Binder(
                new MapConfigurationPropertySource(
                    Map.of(
                        "millrace.kafka.main.bootstrap.servers", "b:1",
                        "millrace.kafka.main.sasl.jaas.config", "hunter2",
                        "millrace.kafka.other.bootstrap.servers", "c:1")))
            .bind("millrace", MillraceProperties.class)
            .get();
    assertThat(properties.kafka())
        .containsEntry("main", Map.of("bootstrap.servers", "b:1", "sasl.jaas.config", "hunter2"))
        .containsEntry("other", Map.of("bootstrap.servers", "c:1"));
    assertThat(properties.toString()).doesNotContain("hunter2");
  }
}
