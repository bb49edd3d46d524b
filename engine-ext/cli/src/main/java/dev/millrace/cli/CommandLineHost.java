// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.engine.StreamEngine;
import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.connector.FileRoots;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.sql.ScriptPlanner;
import java.time.Clock;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What the command line offers scripts: all connectors and formats in the jar, any path and any
 * address, for its user could use them without us.
 */
final class CommandLineHost {
  private CommandLineHost() {}

  static Services services() {
    return Services.none().with(FileRoots.class, AnyPath::resolve);
  }

  static StreamEngine engine() {
    ScriptPlanner planner = new ScriptPlanner(connectors(), formats(), services());
    return new LocalStreamEngine(planner::plan, Clock.systemUTC());
  }

  static List<ConnectorFactory> connectors() {
    return ServiceLoader.load(ConnectorFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  static List<FormatFactory> formats() {
    return ServiceLoader.load(FormatFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
