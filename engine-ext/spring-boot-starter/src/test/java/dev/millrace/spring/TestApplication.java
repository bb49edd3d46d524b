// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;

/** A Spring Boot application with engine, REST and webapps. */
@EnableAutoConfiguration
class TestApplication {
  /** Serves it on a free port; tests with this annotation share one. */
  @Retention(RetentionPolicy.RUNTIME)
  @SpringBootTest(
      classes = TestApplication.class,
      webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
      properties = {
        "spring.datasource.generate-unique-name=true",
        "camunda.bpm.generic-properties.properties.enforce-history-time-to-live=false",
        "camunda.bpm.auto-deployment-enabled=false",
        "camunda.bpm.metrics.enabled=false",
        "millrace.retry.delay=20ms",
        "millrace.hooks.orders.secret=a-secret-of-twenty-nine-chars",
        "millrace.http.shop.url=https://shop.test/v1",
        "millrace.http.shop.header.X-Key=hush",
        "server.address=127.0.0.1"
      })
  @interface Served {}

  @Bean
  Canary canary() {
    return new Canary();
  }
}
