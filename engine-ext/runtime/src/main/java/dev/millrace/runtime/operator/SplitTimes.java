// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.spi.row.Splits;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far event time has come in each part of a source. Single-threaded; allocates only when there
 * are other parts than before.
 */
final class SplitTimes {
  private static final long[] NONE = {};

  private Splits known;
  private long[] reached = NONE;

  /** By name: parts not seen since the start, or no longer there. */
  private final Map<String, Long> away = new HashMap<>();

  /** The time of the slowest of the other parts that are not silent. */
  long others(Splits splits, int split) {
    if (splits != known) {
      change(splits);
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < reached.length; i++) {
      if (i != split && !splits.isSilent(i)) {
        least = Math.min(least, reached[i]);
      }
    }
    return least;
  }

  /** The time of the slowest part that is not silent; {@link Long#MAX_VALUE} if all are. */
  long slowest(Splits splits) {
    return others(splits, -1);
  }

  /** The name of the slowest part that is not silent; empty without parts, or if all are. */
  Optional<String> slowestName() {
    int slowest = -1;
    for (int i = 0; i < reached.length; i++) {
      if (!known.isSilent(i) && (slowest < 0 || reached[i] < reached[slowest])) {
        slowest = i;
      }
    }
    return slowest < 0 ? Optional.empty() : Optional.of(known.name(slowest));
  }

  /** {@link Long#MIN_VALUE} before the first row. */
  long reached(int split) {
    return reached[split];
  }

  void reached(int split, long micros) {
    reached[split] = micros;
  }

  private void change(Splits splits) {
    keepAway();
    long[] fresh = new long[splits.size()];
    Arrays.setAll(
        fresh,
        split -> {
          Long time = away.remove(splits.name(split));
          return time == null ? Long.MIN_VALUE : time;
        });
    known = splits;
    reached = fresh;
  }

  private void keepAway() {
    for (int split = 0; split < reached.length; split++) {
      away.put(known.name(split), reached[split]);
    }
  }

  void snapshot(StateWriter out) {
    Map<String, Long> all = new TreeMap<>(away);
    for (int split = 0; split < reached.length; split++) {
      all.put(known.name(split), reached[split]);
    }
    out.count(all.size());
    all.forEach(
        (name, time) -> {
          out.text(name);
          out.number(time);
        });
  }

  void restore(StateReader in) {
    for (int left = in.count(); left > 0; left--) {
      away.put(in.text(), in.number());
    }
  }
}
