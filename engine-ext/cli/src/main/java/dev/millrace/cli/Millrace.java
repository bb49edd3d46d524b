// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself; its work is in its sub-commands. */
@Command(
    name = "millrace",
    description = "Runs Flink SQL scripts in this process.",
    subcommands = {RunCommand.class, ExplainCommand.class, ValidateCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:success",
      "1:the script is wrong, or its run failed",
      "2:the command was used wrongly"
    },
    footer = {"", "Example: millrace run orders.sql --lanes 2"})
public final class Millrace implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of failures.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs a command line; returns its exit status. */
  static int execute(String... args) {
    Millrace millrace = new Millrace();
    return new CommandLine(millrace)
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              Failures.report(failure, command.getErr(), millrace.verbose);
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command: run, explain or validate.");
  }
}
