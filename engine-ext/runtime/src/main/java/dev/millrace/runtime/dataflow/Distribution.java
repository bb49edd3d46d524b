// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.dataflow;

import java.util.Arrays;
import java.util.List;

/** How the rows of a step are shared out over its lanes. */
public sealed interface Distribution {
  /** Any row may be computed anywhere: the step runs where its input runs. */
  record Anywhere() implements Distribution {}

  /** All rows meet in one place. */
  record Together() implements Distribution {}

  /**
   * Rows with equal keys meet in one lane.
   *
   * @param keys columns, per input
   */
  record ByKey(List<int[]> keys) implements Distribution {
    public ByKey {
      keys = keys.stream().map(int[]::clone).toList();
    }

    /** The key columns of an input. */
    public int[] of(int input) {
      return keys.get(input).clone();
    }

    @Override
    public String toString() {
      return "ByKey" + keys.stream().map(Arrays::toString).toList();
    }
  }
}
