// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Takes standard output while a script runs; {@code print} tables write there. */
final class PrintedRows implements AutoCloseable {
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PrintedRows() {
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  String text() {
    System.out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(before);
  }
}
