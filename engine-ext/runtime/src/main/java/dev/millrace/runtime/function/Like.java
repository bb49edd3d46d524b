// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

/** LIKE at one place of a query; remembers the pattern compiled last. Single-threaded. */
public final class Like {
  private String pattern;
  private String escape;
  private LikePattern compiled;

  public boolean matches(String text, String pattern) {
    return matches(text, pattern, "");
  }

  public boolean matches(String text, String pattern, String escape) {
    if (!pattern.equals(this.pattern) || !escape.equals(this.escape)) {
      compiled = LikePattern.of(pattern, escape);
      this.pattern = pattern;
      this.escape = escape;
    }
    return compiled.matches(text);
  }
}
