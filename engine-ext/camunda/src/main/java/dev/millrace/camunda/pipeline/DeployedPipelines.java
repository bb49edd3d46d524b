// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.history.HistoryReaders;
import dev.millrace.camunda.parse.DeploymentGate;
import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.connector.process.ReadsChannel;
import dev.millrace.connector.process.ReadsHistory;
import dev.millrace.plan.Insert;
import dev.millrace.plan.Memory;
import dev.millrace.plan.Plan;
import dev.millrace.plan.Sources;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.Channels;
import dev.millrace.spi.connector.TenantedSource;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineDeployments;
import dev.millrace.store.PipelineDeployments.Redeployment;
import dev.millrace.store.Pipelines;
import dev.millrace.store.Snapshots;
import dev.millrace.store.Store;
import dev.millrace.store.StoredChannels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;

/** Makes pipelines known in the transaction of their deployment. Thread-safe. */
public final class DeployedPipelines implements DeploymentGate.PipelineRegistry {
  private static final String ON_REDEPLOY = "millrace.on-redeploy";

  private final Store store;
  private final Plans plans;
  private final Continuation continuation;
  private final HistoryReaders historyReaders;
  private final Runnable wake;

  public DeployedPipelines(Store store, Plans plans, HistoryReaders historyReaders, Runnable wake) {
    this.store = store;
    this.plans = plans;
    continuation = new Continuation(plans);
    this.historyReaders = historyReaders;
    this.wake = wake;
  }

  private static Redeployment redeployment(Plan plan) {
    return switch (plan.settings().getOrDefault(ON_REDEPLOY, "replace")) {
      case "drain" -> Redeployment.DRAIN;
      case "discard-state" -> Redeployment.DISCARD_STATE;
      case "discard-positions" -> Redeployment.DISCARD_POSITIONS;
      default -> Redeployment.REPLACE;
    };
  }

  /**
   * What a pipeline reads of channels is kept for it, and of the engine's history recorded, from
   * its deployment on; what its old script reads until that is drained, too.
   */
  @Override
  public void planned(DeploymentEntity deployment, String pipeline, Plan plan) {
    EngineTransaction transaction = EngineTransaction.current();
    String tenant = deployment.getTenantId() == null ? "" : deployment.getTenantId();
    try {
      boolean follows =
          redeployment(plan) == Redeployment.DRAIN
              && Pipelines.findLocked(transaction.connection(), pipeline)
                  .map(known -> known.totals().commits() > 0)
                  .orElse(false);
      if (follows) {
        store.channels().unregisterFollowing(transaction.connection(), pipeline);
      } else {
        store.channels().unregister(transaction.connection(), pipeline);
      }
      for (Insert insert : plan.inserts()) {
        register(transaction, new Reading(tenant, pipeline, follows), insert.query());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("what pipeline " + pipeline + " reads was not stored", e);
    }
  }

  /** Who reads; and whether only once its old script is drained. */
  private record Reading(String tenant, String pipeline, boolean follows) {}

  private void register(EngineTransaction transaction, Reading by, PlanNode node)
      throws SQLException {
    if (node instanceof PlanNode.Scan scan && scan.source() instanceof ReadsHistory reader) {
      historyReaders.deployed(
          transaction.connection(), by.pipeline(), scan.table(), reader, by.follows());
      transaction.afterCommit(() -> historyReaders.announce(reader));
    } else if (node instanceof PlanNode.Scan scan && scan.source() instanceof ReadsChannel reader) {
      store
          .channels()
          .register(
              transaction.connection(),
              new Channels.Name(by.tenant(), reader.channelName()),
              new StoredChannels.Reader(by.pipeline(), scan.table(), Optional.empty()),
              by.follows());
    }
    for (PlanNode input : node.inputs()) {
      register(transaction, by, input);
    }
  }

  @Override
  public Optional<MillraceException> refusal(
      DeploymentEntity deployment, DeploymentGate.Deployed deployed) {
    Optional<Pipeline> known =
        inTransaction(
            deployed.name(),
            () -> Pipelines.findLocked(EngineTransaction.current().connection(), deployed.name()));
    Optional<String> tenant = Optional.ofNullable(deployment.getTenantId());
    Optional<MillraceException> forbidden = forbidden(deployed.plan(), tenant);
    if (forbidden.isPresent()) {
      return forbidden;
    }
    return known.flatMap(
        pipeline -> {
          // what others have is nobody's to know, and less to replace
          if (!pipeline.tenantId().equals(tenant)) {
            return Optional.of(PipelineErrors.pipelineOfOthers(pipeline.name()));
          }
          return pipeline.totals().commits() > 0
              ? refusal(pipeline, deployed.plan())
              : Optional.empty();
        });
  }

  private static Optional<MillraceException> forbidden(Plan plan, Optional<String> tenant) {
    return plan.inserts().stream()
        .flatMap(insert -> forbidden(insert.query(), tenant).stream())
        .findFirst();
  }

  private static Optional<MillraceException> forbidden(PlanNode node, Optional<String> tenant) {
    if (node instanceof PlanNode.Scan scan && scan.source() instanceof TenantedSource source) {
      return source.refusal(tenant);
    }
    return node.inputs().stream().flatMap(input -> forbidden(input, tenant).stream()).findFirst();
  }

  private Optional<MillraceException> refusal(Pipeline known, Plan plan) {
    return switch (redeployment(plan)) {
      case DISCARD_STATE, DISCARD_POSITIONS -> Optional.empty();
      case DRAIN ->
          known.deploymentId().map(plans::isDeployed).orElse(false)
              ? Optional.empty()
              : Optional.of(PipelineErrors.nothingToDrain(known.name()));
      case REPLACE ->
          misfit(known, plan)
              .or(
                  () ->
                      inTransaction(
                          known.name(),
                          () -> misread(EngineTransaction.current().connection(), known, plan)));
    };
  }

  private Optional<MillraceException> misread(Connection db, Pipeline known, Plan plan)
      throws SQLException {
    Sources before = continuation.sources(db, known);
    Sources later = Sources.of(plan);
    List<String> differences = new ArrayList<>(before.differences(later));
    if (plan.isStateful()) {
      differences.addAll(before.reused(later, Snapshots.tracedNames(db, known.name())));
    }
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(PipelineErrors.sourcesRefused(known.name(), differences));
  }

  private static Optional<MillraceException> misfit(Pipeline known, Plan plan) {
    if (known.remembers().isEmpty()) {
      return plan.isStateful()
          ? Optional.of(PipelineErrors.stateOfOldRelease(known.name()))
          : Optional.empty();
    }
    List<String> differences = Memory.parse(known.remembers().get()).differences(Memory.of(plan));
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(PipelineErrors.stateRefused(known.name(), differences));
  }

  @Override
  public void deployed(DeploymentEntity deployment, Collection<DeploymentGate.Deployed> found) {
    for (DeploymentGate.Deployed each : found) {
      String script = each.script();
      PipelineDeployments.NewPipeline pipeline =
          new PipelineDeployments.NewPipeline(
              each.name(),
              script,
              hash(deployment.getResources().get(script).getBytes()),
              deployment.getId(),
              deployment.getTenantId(),
              Memory.of(each.plan()).text(),
              Sources.of(each.plan()).text());
      inTransaction(
          each.name(),
          () -> {
            deploy(EngineTransaction.current().connection(), pipeline, redeployment(each.plan()));
            return null;
          });
    }
    if (!found.isEmpty()) {
      EngineTransaction.current().afterCommit(wake);
    }
  }

  private void deploy(
      Connection db, PipelineDeployments.NewPipeline pipeline, Redeployment redeployment)
      throws SQLException {
    Optional<Pipeline> known = Pipelines.findLocked(db, pipeline.name());
    boolean atOnce = store.deployments().deploy(db, pipeline, redeployment);
    if (known.isPresent() && atOnce) {
      continuation.begin(db, known.get(), Sources.parse(pipeline.sources()));
    }
  }

  /** Work on the store in the engine's transaction. */
  @FunctionalInterface
  private interface StoreWork<T> {
    T apply() throws SQLException;
  }

  private static <T> T inTransaction(String pipeline, StoreWork<T> work) {
    try {
      return work.apply();
    } catch (SQLException e) {
      throw new IllegalStateException("pipeline " + pipeline + " was not stored", e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
