// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.util.ArrayList;
import java.util.List;

/** Reasons for people: the first ones, and how many more there are. Single-threaded. */
final class Reasons {
  private static final int KEPT = 1000;

  private final List<String> kept = new ArrayList<>();
  private long more;

  void add(String reason) {
    if (kept.size() < KEPT) {
      kept.add(reason);
    } else {
      more++;
    }
  }

  List<String> lines() {
    if (more == 0) {
      return List.copyOf(kept);
    }
    List<String> lines = new ArrayList<>(kept);
    lines.add("… and " + more + " more");
    return List.copyOf(lines);
  }
}
