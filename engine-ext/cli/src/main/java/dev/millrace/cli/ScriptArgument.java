// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import picocli.CommandLine.Parameters;

/** The argument all commands have in common. */
final class ScriptArgument {
  @Parameters(
      index = "0",
      paramLabel = "SCRIPT",
      converter = ScriptFile.Reader.class,
      description = "A file of Flink SQL statements; - for standard input.")
  private ScriptFile script;

  ScriptFile script() {
    return script;
  }
}
