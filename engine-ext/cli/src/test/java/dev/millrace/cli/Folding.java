// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is left of a printed changelog when additions and retractions cancel each other out. */
final class Folding {
  private static final int KIND_CHARS = 2;

  private Folding() {}

  static List<String> fold(List<String> lines) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String line : lines) {
      int change = line.charAt(0) == '+' ? 1 : -1;
      counts.merge(line.substring(KIND_CHARS), change, Integer::sum);
    }
    counts.values().removeIf(count -> count == 0);
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " × " + entry.getKey())
        .toList();
  }
}
