// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.guard;

import java.util.regex.Pattern;

/** Which expressions filters may hold: those the engine's makers document for them. */
final class FilterExpression {
  static final String ALLOWED =
      "${currentUser()}, ${currentUserGroups()}, ${now()}, and ${dateTime()} followed by"
          + " .plus…(number), .minus…(number), .with…(number) or .toDate()";

  private static final Pattern CALL =
      Pattern.compile(
          "[$#]\\{\\s*+(?:currentUser\\(\\)|currentUserGroups\\(\\)|now\\(\\)|dateTime\\(\\)"
              + "(?:\\.(?:(?:plus|minus|with)[A-Za-z]++\\([0-9]{0,9}\\)|toDate\\(\\))){0,16})"
              + "\\s*+}");

  private FilterExpression() {}

  /**
   * Whether nothing is called but what is allowed. An expression begins with a brace, so a text
   * without one outside the allowed calls has no other.
   */
  static boolean isHarmless(String text) {
    return CALL.matcher(text).replaceAll(" ").indexOf('{') < 0;
  }
}
