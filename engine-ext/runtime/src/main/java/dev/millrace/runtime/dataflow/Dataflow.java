// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.dataflow;

import java.util.HashSet;
import java.util.List;

/**
 * What runs together.
 *
 * @param vertices each after its inputs; compared by identity
 * @param replayable the same rows and clock readings in the same order make the same state
 */
public record Dataflow(List<Vertex> vertices, boolean replayable) {
  public Dataflow {
    vertices = List.copyOf(vertices);
    if (new HashSet<>(vertices).size() < vertices.size()) {
      throw new IllegalArgumentException("a vertex is there twice: it would run twice");
    }
  }

  /** Whether a step remembers rows. */
  public boolean isStateful() {
    return vertices.stream().anyMatch(each -> each instanceof Vertex.Step step && step.stateful());
  }
}
