// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Vertex;
import java.util.Set;
import java.util.TreeSet;

/** Finds what a vertex reads. */
final class SourceTables {
  private SourceTables() {}

  /** The tables whose rows come to a vertex. */
  static Set<String> above(Vertex vertex) {
    Set<String> tables = new TreeSet<>();
    collect(vertex, tables);
    return tables;
  }

  private static void collect(Vertex vertex, Set<String> tables) {
    if (vertex instanceof Vertex.Source source) {
      tables.add(source.name());
    }
    vertex.inputs().forEach(input -> collect(input, tables));
  }
}
