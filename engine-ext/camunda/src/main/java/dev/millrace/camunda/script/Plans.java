// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.script;

import dev.millrace.engine.StreamEngine;
import dev.millrace.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;

/** The plans of deployed scripts; the ones used last are kept. Thread-safe. */
public final class Plans {
  private static final int KEPT = 500;

  private record Key(String deploymentId, ScriptSource source) {}

  private final StreamEngine engine;
  private final ProcessEngineConfigurationImpl configuration;
  private final Map<Key, Plan> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Plan> eldest) {
          return size() > KEPT;
        }
      };

  public Plans(StreamEngine engine, ProcessEngineConfigurationImpl configuration) {
    this.engine = engine;
    this.configuration = configuration;
  }

  /**
   * The plan of a script, validated if it is not at hand.
   *
   * @throws dev.millrace.spi.error.MillraceException if the script is gone
   * @throws dev.millrace.spi.error.ScriptException if it is no longer valid here
   */
  public Plan plan(String deploymentId, ScriptSource source) {
    Key key = new Key(deploymentId, source);
    synchronized (kept) {
      Plan plan = kept.get(key);
      if (plan != null) {
        return plan;
      }
    }
    Plan plan = validate(source, new StoredResources(deploymentId));
    synchronized (kept) {
      kept.put(key, plan);
    }
    return plan;
  }

  /** Validates without keeping: for deployments that may still fail. */
  public Plan validate(ScriptSource source, DeploymentResources resources) {
    ScriptSource.Script script = source.read(resources);
    return engine.validate(script.name(), script.sql());
  }

  /** How many lanes a script asks for; 1 if it does not. */
  public static int lanes(Plan plan) {
    Map<String, String> settings = plan.settings();
    return Integer.parseInt(
        settings.getOrDefault("millrace.lanes", settings.getOrDefault("parallelism.default", "1")));
  }

  /** How many open dead letters a pipeline may have. */
  public static long maxDeadLetters(Plan plan) {
    return Long.parseLong(plan.settings().getOrDefault("millrace.max-dead-letters", "100000"));
  }

  /** How many changes a run's journal may hold. */
  public static long maxJournalEffects(Plan plan) {
    return Long.parseLong(plan.settings().getOrDefault("millrace.max-journal-effects", "1000000"));
  }

  /** Whether there is such a deployment. */
  public boolean isDeployed(String deploymentId) {
    return inEngine(context -> context.getDeploymentManager().findDeploymentById(deploymentId))
        != null;
  }

  private <T> T inEngine(Command<T> command) {
    return configuration
        .getCommandExecutorTxRequired()
        .execute(context -> context.runWithoutAuthorization(() -> command.execute(context)));
  }

  /** A committed deployment. */
  private final class StoredResources implements DeploymentResources {
    private final String deploymentId;

    StoredResources(String deploymentId) {
      this.deploymentId = deploymentId;
    }

    @Override
    public List<String> names() {
      return inEngine(
          context -> context.getDeploymentManager().getDeploymentResourceNames(deploymentId));
    }

    @Override
    public byte[] bytes(String name) {
      return inEngine(
          context -> {
            ResourceEntity resource =
                context
                    .getResourceManager()
                    .findResourceByDeploymentIdAndResourceName(deploymentId, name);
            return resource.getBytes();
          });
    }
  }
}
