// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import org.camunda.bpm.spring.boot.starter.annotation.EnableProcessApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts everything. As a process application it deploys each archive on its class path, as the
 * archive's {@code META-INF/processes.xml} lists it; what did not change is not deployed again.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableProcessApplication("millrace-sample")
public class SampleApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(SampleApplication.class, arguments);
  }
}
