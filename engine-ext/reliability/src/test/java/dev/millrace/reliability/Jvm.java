// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Virtual machines that tests end. */
final class Jvm {
  private Jvm() {}

  static ProcessBuilder start(Class<?> main, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Dmillrace.fault-points=true",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }
}
