// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import java.util.Set;

/** A table that reads the engine's history: events are recorded for its pipeline. */
public interface ReadsHistory {
  /** The variables whose values it asks for; {@code *} among them for all. */
  Set<String> variableNames();
}
