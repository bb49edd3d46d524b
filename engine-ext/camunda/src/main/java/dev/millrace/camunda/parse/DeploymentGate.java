// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.parse;

import dev.millrace.camunda.script.DeploymentResources;
import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.script.ScriptSource;
import dev.millrace.plan.Plan;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.error.ScriptException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;

/** Stands before and after the engine's deployers. Thread-safe; called in the deploying command. */
public final class DeploymentGate implements SessionFactory {
  private static final String START = "millrace.start";
  private static final String ON_DEPLOYMENT = "on-deployment";
  private static final String NAME = "pipeline.name";

  /** Told of the pipelines of a deployment that is right, before it commits. */
  public interface PipelineRegistry {
    void deployed(DeploymentEntity deployment, Collection<Deployed> found);

    /**
     * Why a pipeline of that name cannot go on as this; asked before anything is replaced. Nobody
     * else changes that pipeline until the deployment ends.
     */
    Optional<MillraceException> refusal(DeploymentEntity deployment, Deployed pipeline);

    /** Told of each pipeline's plan before that; the deployment may still fail. */
    void planned(DeploymentEntity deployment, String pipeline, Plan plan);
  }

  /**
   * A pipeline of a deployment.
   *
   * @param name its identity across deployments
   * @param script its resource
   */
  public record Deployed(String name, String script, Plan plan) {}

  private final Plans plans;
  private final PipelineRegistry pipelines;

  public DeploymentGate(Plans plans, PipelineRegistry pipelines) {
    this.plans = plans;
    this.pipelines = pipelines;
  }

  /** Before the engine's deployers. */
  public void open(DeploymentEntity deployment) {
    if (deployment.isNew()) {
      current().begin(deployment);
    }
  }

  /** After the engine's deployers. */
  public void close(DeploymentEntity deployment) {
    if (deployment.isNew()) {
      Map<String, Deployed> found = pipelines(deployment);
      current().end();
      pipelines.deployed(deployment, found.values());
    }
  }

  private Map<String, Deployed> pipelines(DeploymentEntity deployment) {
    Map<String, Deployed> byName = new LinkedHashMap<>();
    deployment.getResources().values().stream()
        .filter(resource -> resource.getName().endsWith(".sql"))
        .filter(resource -> new String(resource.getBytes(), StandardCharsets.UTF_8).contains(START))
        .forEach(resource -> check(deployment, resource.getName(), byName));
    return byName;
  }

  private void check(DeploymentEntity deployment, String script, Map<String, Deployed> found) {
    try {
      Plan plan = plans.validate(new ScriptSource.InDeployment(script), resources(deployment));
      String start = plan.settings().get(START);
      if (start == null) {
        return;
      }
      if (!start.equals(ON_DEPLOYMENT)) {
        throw DeploymentErrors.badStart(script, start);
      }
      String name = plan.settings().get(NAME);
      if (name == null || name.isBlank()) {
        throw DeploymentErrors.pipelineWithoutName(script);
      }
      Deployed pipeline = new Deployed(name, script, plan);
      Deployed other = found.putIfAbsent(name, pipeline);
      if (other != null) {
        throw DeploymentErrors.pipelineTwice(name, script, other.script());
      }
      Optional<MillraceException> refusal = pipelines.refusal(deployment, pipeline);
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      pipelines.planned(deployment, name, plan);
    } catch (ScriptException e) {
      current().add(e, null, () -> script);
    } catch (MillraceException e) {
      current().add(e, null, () -> script);
    }
  }

  static DeploymentResources resources(DeploymentEntity deployment) {
    return new DeploymentResources() {
      @Override
      public List<String> names() {
        return List.copyOf(deployment.getResources().keySet());
      }

      @Override
      public byte[] bytes(String name) {
        return deployment.getResources().get(name).getBytes();
      }
    };
  }

  static DeploymentCheck current() {
    return Context.getCommandContext().getSession(DeploymentCheck.class);
  }

  @Override
  public Class<?> getSessionType() {
    return DeploymentCheck.class;
  }

  @Override
  public Session openSession() {
    return new DeploymentCheck();
  }
}
