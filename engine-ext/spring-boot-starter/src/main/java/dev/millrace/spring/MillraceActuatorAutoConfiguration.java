// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import dev.millrace.camunda.Millrace;
import dev.millrace.spring.actuator.OperationsMeters;
import dev.millrace.spring.actuator.PipelinesEndpoint;
import dev.millrace.spring.actuator.PipelinesHealth;
import dev.millrace.spring.actuator.SettingsGuard;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the actuator shows of Millrace, where there is one. */
@AutoConfiguration(after = MillraceAutoConfiguration.class)
@ConditionalOnClass(Endpoint.class)
@ConditionalOnProperty(prefix = "millrace", name = "enabled", matchIfMissing = true)
public class MillraceActuatorAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnAvailableEndpoint
  PipelinesEndpoint millracePipelinesEndpoint(Millrace millrace) {
    return new PipelinesEndpoint(millrace.pipelineService());
  }

  @Bean
  SettingsGuard millraceSettingsGuard() {
    return new SettingsGuard();
  }

  /** By its name: the component {@code millrace}. */
  @Bean
  @ConditionalOnEnabledHealthIndicator("millrace")
  HealthIndicator millraceHealthIndicator(Millrace millrace) {
    return new PipelinesHealth(millrace.pipelineService());
  }

  /** Only where something is measured. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class Meters {
    @Bean
    OperationsMeters millraceOperationsMeters(Millrace millrace) {
      return new OperationsMeters(millrace);
    }
  }
}
