// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.dataflow;

import java.util.List;

/**
 * What runs together.
 *
 * @param vertices each after its inputs; compared by identity
 */
public record Dataflow(List<Vertex> vertices) {
  public Dataflow {
    vertices = List.copyOf(vertices);
  }
}
