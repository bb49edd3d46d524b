// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A {@link Node} in a JVM of its own. What it writes carries its name: the database knows it as
 * {@code application_name}.
 */
final class ForkedNode implements AutoCloseable {
  private static final int PATIENCE_S = 60;
  private static final String READY = "READY ";

  private final String name;
  private final Process process;
  private URI hook;

  private ForkedNode(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Starts one and waits until it works. */
  static ForkedNode start(Server server, String name, int leaseSeconds, Path files)
      throws Exception {
    return start(server, name, leaseSeconds, files, Outside.NOTHING);
  }

  /** Starts one that knows foreign systems, and waits until it works. */
  static ForkedNode start(Server server, String name, int leaseSeconds, Path files, Outside outside)
      throws Exception {
    List<String> arguments =
        List.of(
            server.url() + "&ApplicationName=" + name,
            name,
            Integer.toString(leaseSeconds),
            files.toString(),
            outside.kafkaServers(),
            outside.eventsUrl());
    ForkedNode node =
        new ForkedNode(
            name,
            Jvm.start(ForkedNode.class, arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    node.awaitReady();
    return node;
  }

  private void awaitReady() throws IOException, TimeoutException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    while (line == null || !line.startsWith(READY)) {
      if (line == null) {
        throw new TimeoutException(name + " did not start");
      }
      line = lines.readLine();
    }
    hook = URI.create(line.substring(READY.length()));
  }

  /** Where its webhook is. */
  URI hook() {
    return hook;
  }

  String name() {
    return name;
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** It goes on holding its connections and its memory, and does nothing. */
  void freeze() throws IOException, InterruptedException {
    Signals.send("STOP", process.pid());
  }

  void unfreeze() throws IOException, InterruptedException {
    Signals.send("CONT", process.pid());
  }

  /** Lets it end of its own accord. */
  @Override
  public void close() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    try (OutputStream in = process.getOutputStream()) {
      in.write('\n');
    }
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException(name + " did not end within " + PATIENCE_S + " s");
    }
  }

  /**
   * Usage: {@code jdbcUrl name leaseSeconds folder kafkaServers eventsUrl}; ends when a line or the
   * end is read.
   */
  public static void main(String[] arguments) throws IOException {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(arguments[0]);
    try (pool;
        Node node =
            Node.start(
                pool,
                plugin -> {
                  plugin.setNode(arguments[1]);
                  plugin.setLeaseSeconds(Integer.parseInt(arguments[2]));
                  plugin.setFileRootPaths(Map.of("ledger", Path.of(arguments[3])));
                  plugin.setEndpoints(new Outside(arguments[4], arguments[5]).endpoints());
                });
        HookDoor door = HookDoor.open(node.millrace().hookReceiver().orElseThrow())) {
      System.out.println(READY + door.url());
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    }
  }
}
