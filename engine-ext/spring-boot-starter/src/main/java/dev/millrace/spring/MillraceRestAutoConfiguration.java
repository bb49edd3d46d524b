// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import dev.millrace.cockpit.CockpitResources;
import org.camunda.bpm.spring.boot.starter.rest.CamundaBpmRestJerseyAutoConfiguration;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Puts the resources of Millrace beside Camunda's, where there is engine-rest: {@code
 * /engine-rest/millrace}. An application with a resource configuration of its own registers {@link
 * CockpitResources#classes()} there.
 */
@AutoConfiguration(before = CamundaBpmRestJerseyAutoConfiguration.class)
@ConditionalOnClass(CamundaJerseyResourceConfig.class)
@ConditionalOnProperty(
    name = {"millrace.enabled", "millrace.rest.enabled"},
    matchIfMissing = true)
public class MillraceRestAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(CamundaJerseyResourceConfig.class)
  CamundaJerseyResourceConfig millraceRest() {
    return new WithMillrace();
  }

  /** Camunda's resources and ours. */
  static class WithMillrace extends CamundaJerseyResourceConfig {
    @Override
    protected void registerAdditionalResources() {
      super.registerAdditionalResources();
      registerClasses(CockpitResources.classes());
    }
  }
}
