// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process engine with a pipeline, in a JVM of its own. */
final class ForkedEngine implements AutoCloseable {
  private final Process process;

  /** With the pipeline {@code in} to {@code out}. */
  ForkedEngine(Path folder, String servers) throws IOException {
    this(folder, servers, KafkaPipelineTest.pipeline("in", "out"));
  }

  /**
   * @param sql of the pipeline
   */
  ForkedEngine(Path folder, String servers, String sql) throws IOException {
    Path script = Files.writeString(folder.resolve("p.sql"), sql);
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ForkedEngine.class.getName(),
                "jdbc:h2:file:" + folder.resolve("engine") + ";WRITE_DELAY=0",
                servers,
                script.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("engine.txt").toFile()))
            .start();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Engine engine = new Engine(args[0], Map.of("bootstrap.servers", args[1]), plugin -> {});
    if (engine.engine.getRepositoryService().createDeploymentQuery().count() == 0) {
      engine.deploy("p.sql", Files.readString(Path.of(args[2])));
    }
    new CountDownLatch(1).await();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9}. */
  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
