// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command left behind: its exit status, standard output and standard error. */
record Outcome(int status, String out, String err) {
  /** Runs a command line in this process. */
  static Outcome of(String... arguments) {
    return withInput("", arguments);
  }

  static Outcome withInput(String input, String... arguments) {
    PrintStream systemOut = System.out;
    PrintStream systemErr = System.err;
    InputStream systemIn = System.in;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int status = Millrace.execute(arguments);
      return new Outcome(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setIn(systemIn);
      System.setOut(systemOut);
      System.setErr(systemErr);
    }
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
