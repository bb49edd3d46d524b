// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.engine.StreamEngine;
import dev.millrace.spi.connector.FileRoots;
import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.connector.Services;
import java.time.Clock;
import java.util.List;

/**
 * What the command line offers scripts: all connectors and formats in the jar, any path and any
 * address, for its user could use them without us.
 */
final class CommandLineHost {
  private CommandLineHost() {}

  static Services services() {
    return Services.none()
        .with(FileRoots.class, AnyPath::resolve)
        .with(PlainAddresses.class, address -> true);
  }

  static StreamEngine engine() {
    return LocalStreamEngine.discovering(List.of(), services(), Clock.systemUTC());
  }
}
