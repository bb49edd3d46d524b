// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.connector.process.TouchedInstances;
import dev.millrace.store.Lineage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which input started or advanced which instance, commit by commit. Called on the thread that runs
 * the pipeline.
 */
final class CommitLineage implements TouchedInstances {
  private final String pipeline;
  private final Lineage lineage;
  private final Map<String, Lineage.Kind> touched = new LinkedHashMap<>();

  CommitLineage(String pipeline, Lineage lineage) {
    this.pipeline = pipeline;
    this.lineage = lineage;
  }

  @Override
  public void started(String processInstanceId) {
    touched.put(processInstanceId, Lineage.Kind.STARTED);
  }

  @Override
  public void advanced(String processInstanceId) {
    touched.putIfAbsent(processInstanceId, Lineage.Kind.ADVANCED);
  }

  /** A commit is applied, perhaps once more. */
  void begin() {
    touched.clear();
  }

  /**
   * Records what the commit touched, and what was read for it; where nothing was, as for a window
   * that time has fired, where sources stand.
   *
   * @param before where sources stood before it, by table name
   * @param after where they stand behind it
   */
  void write(Connection db, Map<String, String> before, Map<String, String> after)
      throws SQLException {
    List<Lineage.Input> standing = new ArrayList<>();
    List<Lineage.Input> read = new ArrayList<>();
    after.forEach(
        (table, position) -> {
          String from = before.getOrDefault(table, "");
          (from.equals(position) ? standing : read)
              .add(new Lineage.Input(pipeline, table, from, position));
        });
    lineage.append(db, touched, read.isEmpty() ? standing : read);
  }
}
