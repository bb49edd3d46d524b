// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.spi.error.ScriptException;
import java.util.List;

/** The keys of SET as Markdown, from what a script with a wrong key or value is told. */
final class SettingList {
  private static final String KNOWN = "known are ";
  private static final String EXPECTED = "expected ";

  private SettingList() {}

  static String markdown() {
    StringBuilder table = new StringBuilder("| key | value |\n|---|---|\n");
    for (String key : keys()) {
      table.append("| `").append(key).append("` | ").append(expected(key)).append(" |\n");
    }
    return table.toString();
  }

  private static List<String> keys() {
    String refusal = refusal("no.such.key");
    return List.of(refusal.substring(refusal.indexOf(KNOWN) + KNOWN.length()).split(", "));
  }

  private static String expected(String key) {
    String refusal = refusal(key);
    return refusal.substring(refusal.indexOf(EXPECTED) + EXPECTED.length());
  }

  /** No setting has a blank value. */
  private static String refusal(String key) {
    try {
      FakeConnectors.planner().plan("s.sql", "SET '" + key + "' = ' '");
    } catch (ScriptException e) {
      return e.errors().get(0).getMessage();
    }
    throw new AssertionError("a blank value of " + key + " is accepted");
  }
}
