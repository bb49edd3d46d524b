// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was read from one position of a source to another. Positions are texts of the source's own;
 * those that count, such as {@code 43}, or {@code orders/0=43,orders/1=7} of a topic, tell what
 * lies between them, too.
 */
record PositionRange(String from, String to) {
  private static final Pattern PART = Pattern.compile("(?:([^=,]+)=)?(\\d{1,18})(?:\\+\\d+)?");

  /** True if it is either end, or what it tells was read in between. */
  boolean holds(String position) {
    return position.equals(from) || position.equals(to) || isBetween(position);
  }

  private boolean isBetween(String position) {
    Map<String, Long> asked = parts(position);
    Map<String, Long> first = parts(from);
    Map<String, Long> behind = parts(to);
    return !asked.isEmpty()
        && asked.entrySet().stream()
            .allMatch(
                part ->
                    behind.containsKey(part.getKey())
                        && part.getValue() < behind.get(part.getKey())
                        && part.getValue() >= first.getOrDefault(part.getKey(), 0L));
  }

  /** By name of the part, empty where there is but one; none at all if it does not count. */
  private static Map<String, Long> parts(String position) {
    Map<String, Long> parts = new HashMap<>();
    for (String entry : position.split(",")) {
      Matcher part = PART.matcher(entry);
      if (!part.matches()) {
        return Map.of();
      }
      parts.put(part.group(1) == null ? "" : part.group(1), Long.valueOf(part.group(2)));
    }
    return parts;
  }
}
