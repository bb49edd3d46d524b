// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** A {@link Services service}: the configured database connections, by name. Thread-safe. */
public interface Connections {
  /** The name of the engine's own database. */
  String ENGINE = "engine";

  Optional<DataSource> find(String name);

  Set<String> names();
}
