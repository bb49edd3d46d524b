// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import java.util.Locale;

/** What a process is started at most once for. */
public enum Uniqueness {
  /** A business key, as far back as the engine's history goes. */
  BUSINESS_KEY,
  /** The place of an event in its source: columns of the row tell it. */
  POSITION,
  /** Nothing: each row starts an instance. */
  NONE;

  /** As in a script; {@code true} and {@code false} are the older names of the first and last. */
  static Uniqueness parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "business-key", "true" -> BUSINESS_KEY;
      case "position" -> POSITION;
      case "none", "false" -> NONE;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
