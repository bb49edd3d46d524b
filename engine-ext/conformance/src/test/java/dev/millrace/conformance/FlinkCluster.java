// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A Flink in this process that runs one job after another, instead of starting anew for each. */
final class FlinkCluster implements PipelineExecutorServiceLoader, AutoCloseable {
  private static final String NAME = "conformance";

  private final MiniCluster cluster;

  FlinkCluster() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
    cluster.start();
  }

  /** A new environment of parallelism 1 whose jobs run here. */
  StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.set(DeploymentOptions.TARGET, NAME);
    configuration.set(DeploymentOptions.ATTACHED, true);
    StreamExecutionEnvironment environment =
        new StreamExecutionEnvironment(this, configuration, getClass().getClassLoader());
    environment.setParallelism(1);
    return environment;
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
    return new PipelineExecutorFactory() {
      @Override
      public String getName() {
        return NAME;
      }

      @Override
      public boolean isCompatibleWith(Configuration any) {
        return true;
      }

      @Override
      public PipelineExecutor getExecutor(Configuration any) {
        return FlinkCluster.this::submit;
      }
    };
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(NAME);
  }

  private CompletableFuture<JobClient> submit(
      Pipeline pipeline, Configuration configuration, ClassLoader classLoader) throws Exception {
    StreamGraph graph = PipelineExecutorUtils.getStreamGraph(pipeline, configuration);
    return cluster
        .submitJob(graph)
        .thenApply(
            submission ->
                new MiniClusterJobClient(
                    submission.getJobID(), cluster, classLoader, JobFinalizationBehavior.NOTHING));
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
