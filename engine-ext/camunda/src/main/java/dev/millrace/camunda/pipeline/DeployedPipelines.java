// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.history.HistoryReaders;
import dev.millrace.camunda.parse.DeploymentGate;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.connector.process.ReadsChannel;
import dev.millrace.connector.process.ReadsHistory;
import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.Channels;
import dev.millrace.store.Pipelines;
import dev.millrace.store.StoredChannels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;

/** Makes pipelines known in the transaction of their deployment. Thread-safe. */
public final class DeployedPipelines implements DeploymentGate.PipelineRegistry {
  private final Pipelines pipelines;
  private final StoredChannels channels;
  private final HistoryReaders historyReaders;
  private final Runnable wake;

  public DeployedPipelines(
      Pipelines pipelines, StoredChannels channels, HistoryReaders historyReaders, Runnable wake) {
    this.pipelines = pipelines;
    this.channels = channels;
    this.historyReaders = historyReaders;
    this.wake = wake;
  }

  /**
   * What a pipeline reads of channels is kept for it, and of the engine's history recorded, from
   * its deployment on.
   */
  @Override
  public void planned(DeploymentEntity deployment, String pipeline, Plan plan) {
    EngineTransaction transaction = EngineTransaction.current();
    String tenant = deployment.getTenantId() == null ? "" : deployment.getTenantId();
    try {
      channels.unregister(transaction.connection(), pipeline);
      for (Insert insert : plan.inserts()) {
        register(transaction, tenant, pipeline, insert.query());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("what pipeline " + pipeline + " reads was not stored", e);
    }
  }

  private void register(
      EngineTransaction transaction, String tenant, String pipeline, PlanNode node)
      throws SQLException {
    if (node instanceof PlanNode.Scan scan && scan.source() instanceof ReadsHistory reader) {
      historyReaders.deployed(transaction.connection(), pipeline, scan.table(), reader);
      transaction.afterCommit(() -> historyReaders.announce(reader));
    } else if (node instanceof PlanNode.Scan scan && scan.source() instanceof ReadsChannel reader) {
      channels.register(
          transaction.connection(),
          new Channels.Name(tenant, reader.channelName()),
          new StoredChannels.Reader(pipeline, scan.table(), Optional.empty()));
    }
    for (PlanNode input : node.inputs()) {
      register(transaction, tenant, pipeline, input);
    }
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
