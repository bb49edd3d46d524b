// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import dev.millrace.camunda.Millrace;
import dev.millrace.store.PipelineState;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Deploys the pipeline that lets orders arrive, at the configured rate. A new rate is a new
 * deployment of the same pipeline, which goes on where it was.
 */
@Component
class IncomingOrders {
  private static final String NAME = "incoming-orders";
  private static final String SCRIPT = "incoming-orders.sql";
  private static final String RATE = "'rows-per-second' = '0.5'";

  private final RepositoryService repository;
  private final Millrace millrace;
  private final DataSource database;
  private final SampleProperties properties;

  IncomingOrders(
      RepositoryService repository,
      Millrace millrace,
      DataSource database,
      SampleProperties properties) {
    this.repository = repository;
    this.millrace = millrace;
    this.database = database;
    this.properties = properties;
  }

  @Order(1)
  @EventListener(ApplicationReadyEvent.class)
  void deploy() throws IOException, SQLException {
    if (properties.ordersPerSecond() == 0) {
      undeploy();
      return;
    }
    repository
        .createDeployment()
        .name(NAME)
        .source("millrace-sample")
        .enableDuplicateFiltering(true)
        .addString(SCRIPT, script(properties.ordersPerSecond()))
        .deploy();
  }

  /** An earlier start may have deployed it. */
  private void undeploy() throws SQLException {
    for (Deployment earlier : repository.createDeploymentQuery().deploymentName(NAME).list()) {
      repository.deleteDeployment(earlier.getId());
    }
    try (Connection connection = database.getConnection()) {
      millrace.store().wishes().setState(connection, NAME, PipelineState.STOPPED);
    }
  }

  static String script(double ordersPerSecond) throws IOException {
    String script = new ClassPathResource(SCRIPT).getContentAsString(StandardCharsets.UTF_8);
    if (!script.contains(RATE)) {
      throw new IllegalStateException(SCRIPT + " lacks the option " + RATE);
    }
    String rate = BigDecimal.valueOf(ordersPerSecond).stripTrailingZeros().toPlainString();
    return script.replace(RATE, "'rows-per-second' = '" + rate + "'");
  }
}
