// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.state.Snapshot;
import dev.millrace.runtime.state.SnapshotErrors;
import dev.millrace.runtime.state.Stateful;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a run of one lane remembers, by the names it is found again by. Cold code. */
final class KeptState {
  private static final String ESSENTIAL = "state of ";

  private final Map<String, Stateful> parts = new LinkedHashMap<>();

  KeptState(List<Positioned> sources, List<Step> steps) {
    for (Positioned source : sources) {
      parts.put("source " + source.table(), source.feed());
    }
    for (Step step : steps) {
      String name = step.vertex().fingerprint();
      parts.put(unique(step.vertex().stateful() ? ESSENTIAL + name : name), step);
    }
  }

  /** Equal steps are made once; should there be two, their order tells them apart. */
  private String unique(String name) {
    String free = name;
    for (int number = 2; parts.containsKey(free); number++) {
      free = name + "#" + number;
    }
    return free;
  }

  byte[] snapshot(Map<String, String> positions, long maxBytes) {
    return Snapshot.write(positions, parts, maxBytes);
  }

  /**
   * Takes over what fits.
   *
   * @throws dev.millrace.spi.error.MillraceException if rows remembered are of another plan
   */
  void restore(Snapshot snapshot) {
    for (String name : snapshot.names()) {
      if (name.startsWith(ESSENTIAL) && !parts.containsKey(name)) {
        throw SnapshotErrors.otherPlan("it holds the " + name);
      }
    }
    parts.forEach(
        (name, part) -> {
          if (snapshot.names().contains(name) || name.startsWith(ESSENTIAL)) {
            part.restore(snapshot.part(name));
          }
        });
  }
}
