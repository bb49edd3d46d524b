// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class ConnectionPoolsTest {
  @Test
  void aPoolOpenedForAConnectionEndsWithTheContext() {
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(TestApplication.class)
            .properties(
                "spring.datasource.generate-unique-name=true",
                "camunda.bpm.generic-properties.properties.enforce-history-time-to-live=false",
                "camunda.bpm.auto-deployment-enabled=false",
                "server.port=0",
                "server.address=127.0.0.1",
                "millrace.connections.shop.url=jdbc:h2:mem:shop",
                "millrace.connections.shop.username=sa",
                "millrace.connections.shop.password=")
            .run();
    HikariDataSource pool =
        (HikariDataSource) context.getBean(ConnectionPools.class).opened().get(0);
    assertThat(pool.isClosed()).isFalse();
    context.close();
    assertThat(pool.isClosed()).isTrue();
  }
}
