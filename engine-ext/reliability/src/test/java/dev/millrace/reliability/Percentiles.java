// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times that were measured, in milliseconds. */
final class Percentiles {
  private final List<Long> times = new ArrayList<>();

  void add(long millis) {
    times.add(millis);
  }

  /** The smallest time that so many percent of all do not exceed. */
  long at(int percent) {
    List<Long> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
  }

  @Override
  public String toString() {
    return "median %d ms, 99th percentile %d ms, longest %d ms".formatted(at(50), at(99), at(100));
  }
}
