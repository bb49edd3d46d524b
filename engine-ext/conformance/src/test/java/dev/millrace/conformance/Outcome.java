// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a script printed.
 *
 * @param lines in order
 * @param rows how often each row is there after all changes, after the sink's identifier if any
 * @param types of the columns of {@code results}, as DESCRIBE writes them; empty without one
 */
record Outcome(List<String> lines, Map<String, Integer> rows, List<String> types) {
  private static final Pattern LINE =
      Pattern.compile("^(.*?> )?([+-])[IUD](\\[.*])$", Pattern.DOTALL);

  static Outcome of(String printed, List<String> types) {
    List<String> lines = printed.lines().toList();
    Map<String, Integer> rows = new TreeMap<>();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not a printed row: " + line);
      }
      String sink = matcher.group(1) == null ? "" : matcher.group(1);
      int change = matcher.group(2).equals("+") ? 1 : -1;
      rows.merge(sink + matcher.group(3), change, Integer::sum);
    }
    rows.values().removeIf(count -> count == 0);
    return new Outcome(lines, rows, types);
  }
}
