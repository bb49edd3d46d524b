// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A PostgreSQL that syncs what it commits, and can be taken away and brought back. */
final class Server implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 200;

  private final Path folder;
  private EmbeddedPostgres postgres;
  private int port;

  private Server(Path folder) {
    this.folder = folder;
  }

  static Server start() throws IOException {
    Server server = new Server(Files.createTempDirectory("millrace-postgres"));
    server.bringBack();
    return server;
  }

  /** Starts it on the data it left. */
  void bringBack() throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("data"))
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", Integer.toString(MAX_CONNECTIONS));
    if (port != 0) {
      builder.setPort(port);
    }
    postgres = builder.start();
    port = postgres.getPort();
  }

  /** Ends it at once, as a crash does: no checkpoint, open transactions are lost. */
  void takeAway() throws IOException, InterruptedException {
    long pid = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0));
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    Signals.send("QUIT", pid);
    postmaster.onExit().join();
    postgres.close();
  }

  String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
  }

  DataSource dataSource() {
    return postgres.getPostgresDatabase();
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(texts(sql).get(0));
  }

  /** The first column of all rows, in the query's order. */
  List<String> texts(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
