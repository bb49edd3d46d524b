// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.history.HistoryReaders;
import dev.millrace.camunda.parse.DeploymentGate;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.connector.process.ReadsHistory;
import dev.millrace.plan.Plan;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.store.Pipelines;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;

/** Makes pipelines known in the transaction of their deployment. Thread-safe. */
public final class DeployedPipelines implements DeploymentGate.PipelineRegistry {
  private final Pipelines pipelines;
  private final HistoryReaders historyReaders;
  private final Runnable wake;

  public DeployedPipelines(Pipelines pipelines, HistoryReaders historyReaders, Runnable wake) {
    this.pipelines = pipelines;
    this.historyReaders = historyReaders;
    this.wake = wake;
  }

  /** What a pipeline reads of the engine's history is recorded from its deployment on. */
  @Override
  public void planned(String pipeline, Plan plan) {
    plan.inserts().forEach(insert -> readHistory(pipeline, insert.query()));
  }

  private void readHistory(String pipeline, PlanNode node) {
    if (node instanceof PlanNode.Scan scan && scan.source() instanceof ReadsHistory reader) {
      EngineTransaction transaction = EngineTransaction.current();
      try {
        historyReaders.deployed(transaction.connection(), pipeline, scan.table(), reader);
      } catch (SQLException e) {
        throw new IllegalStateException("pipeline " + pipeline + " was not stored", e);
      }
      transaction.afterCommit(() -> historyReaders.announce(reader));
    }
    node.inputs().forEach(input -> readHistory(pipeline, input));
  }

  @Override
  public void deployed(DeploymentEntity deployment, Map<String, String> scriptsByPipeline) {
    if (scriptsByPipeline.isEmpty()) {
      return;
    }
    EngineTransaction transaction = EngineTransaction.current();
    for (Map.Entry<String, String> entry : scriptsByPipeline.entrySet()) {
      String script = entry.getValue();
      Pipelines.NewPipeline pipeline =
          new Pipelines.NewPipeline(
              entry.getKey(),
              script,
              hash(deployment.getResources().get(script).getBytes()),
              deployment.getId(),
              deployment.getTenantId());
      try {
        pipelines.deploy(transaction.connection(), pipeline);
      } catch (SQLException e) {
        throw new IllegalStateException("pipeline " + entry.getKey() + " was not stored", e);
      }
    }
    transaction.afterCommit(wake);
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
