// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of a script: the rows it printed, or an error.
 *
 * @param rows how often each row is there after all changes, after the sink's identifier if any
 */
record Outcome(Map<String, Integer> rows, Optional<Throwable> failure) {
  private static final Pattern LINE = Pattern.compile("^(.*?> )?([+-])[IUD](\\[.*])$");

  static Outcome failed(Throwable failure) {
    return new Outcome(Map.of(), Optional.of(failure));
  }

  static Outcome printed(String text) {
    Map<String, Integer> rows = new TreeMap<>();
    text.lines()
        .forEach(
            line -> {
              Matcher matcher = LINE.matcher(line);
              if (!matcher.matches()) {
                throw new IllegalArgumentException("not a printed row: " + line);
              }
              String sink = matcher.group(1) == null ? "" : matcher.group(1);
              int change = matcher.group(2).equals("+") ? 1 : -1;
              rows.merge(sink + matcher.group(3), change, Integer::sum);
            });
    rows.values().removeIf(count -> count == 0);
    return new Outcome(rows, Optional.empty());
  }

  /** The failure with all its causes, one a line; empty without one. */
  String failureText() {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure.orElse(null); cause != null; cause = cause.getCause()) {
      text.append("\n      ").append(cause.getClass().getSimpleName()).append(": ");
      text.append(String.valueOf(cause.getMessage()).replaceAll("\\s+", " "));
    }
    return text.toString();
  }
}
