// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.io.IOException;

/** Signals to processes this test started. */
final class Signals {
  private Signals() {}

  static void send(String signal, long pid) throws IOException, InterruptedException {
    int result =
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
    if (result != 0) {
      throw new IOException("kill -" + signal + " " + pid + " ended with " + result);
    }
  }
}
