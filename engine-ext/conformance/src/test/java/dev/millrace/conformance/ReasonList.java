// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Scripts that are treated differently, one a line with its reason: {@code family/name: why}. Lines
 * that start with {@code #} are remarks.
 */
record ReasonList(Set<String> names) {
  static ReasonList read(String file) {
    Set<String> names = new TreeSet<>();
    try {
      for (String line : Files.readAllLines(Path.of("src", "test", "resources", file))) {
        if (!line.isBlank() && !line.startsWith("#")) {
          names.add(nameOf(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ReasonList(names);
  }

  private static String nameOf(String line) {
    int colon = line.indexOf(": ");
    if (colon < 0 || line.substring(colon + 2).isBlank()) {
      throw new IllegalArgumentException("no reason given: " + line);
    }
    return line.substring(0, colon);
  }
}
