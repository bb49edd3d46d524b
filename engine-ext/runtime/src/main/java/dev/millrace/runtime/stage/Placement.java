// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Dataflow;
import dev.millrace.runtime.dataflow.Distribution;
import dev.millrace.runtime.dataflow.Vertex;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which vertex runs in which stages: rows move to a later group of stages only, and only where
 * lanes begin or end. With one lane there is one group of one stage.
 */
final class Placement {
  /**
   * Stages that do the same for different keys.
   *
   * @param level 0 where sources are read; rings lead to higher levels
   * @param lanes stages of the group
   */
  record Group(int level, int lanes) {}

  private static final Group FIRST = new Group(0, 1);

  private final int lanes;
  private final Map<Vertex, Group> groups = new IdentityHashMap<>();
  private Group last = FIRST;

  Placement(Dataflow dataflow, int lanes) {
    this.lanes = lanes;
    for (Vertex vertex : dataflow.vertices()) {
      if (!(vertex instanceof Vertex.Sink)) {
        place(vertex, group(vertex));
      }
    }
    if (last.lanes() > 1) {
      last = new Group(last.level() + 1, 1);
    }
    for (Vertex vertex : dataflow.vertices()) {
      if (vertex instanceof Vertex.Sink) {
        groups.put(vertex, last);
      }
    }
  }

  private void place(Vertex vertex, Group group) {
    groups.put(vertex, group);
    if (group.level() > last.level()) {
      last = group;
    }
  }

  private Group group(Vertex vertex) {
    if (!(vertex instanceof Vertex.Step step) || step.inputs().isEmpty()) {
      return FIRST;
    }
    Distribution distribution = step.distribution();
    int level = 0;
    for (Vertex input : step.inputs()) {
      level = Math.max(level, groups.get(input).level());
    }
    if (distribution instanceof Distribution.ByKey && lanes > 1) {
      return new Group(level + 1, lanes);
    }
    Group shared = shared(step.inputs());
    boolean stays =
        shared != null && (shared.lanes() == 1 || distribution instanceof Distribution.Anywhere);
    return stays ? shared : new Group(level + 1, 1);
  }

  /** The group all inputs are in, or null. */
  private Group shared(List<Vertex> inputs) {
    Group first = groups.get(inputs.get(0));
    return inputs.stream().allMatch(input -> groups.get(input).equals(first)) ? first : null;
  }

  Group of(Vertex vertex) {
    return groups.get(vertex);
  }

  /** Where sinks are, and the thread that called. */
  Group last() {
    return last;
  }
}
