// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.engine.RunRequest;
import dev.millrace.engine.StreamEngine;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Boundedness;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace run}: to the script's end, or for a pipeline until it is interrupted. */
@Command(
    name = "run",
    description = "Runs a script. A pipeline runs until it is interrupted (Ctrl-C).",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private ScriptArgument argument;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      defaultValue = "1",
      description = "Parallel instances of each keyed stage; ${DEFAULT-VALUE} by default.")
  private int lanes;

  @Option(
      names = "--dead-letters",
      paramLabel = "FILE",
      description =
          "Where rows that could not be processed go, as lines of JSON. They exist if the script"
              + " says SET 'millrace.on-data-error' = 'dead-letter'.")
  private Path deadLetterFile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (lanes < 1) {
      throw new ParameterException(spec.commandLine(), "--lanes must be at least 1");
    }
    ScriptFile script = argument.script();
    StreamEngine engine = CommandLineHost.engine();
    Plan plan = engine.validate(script.name(), script.text());
    int interrupted =
        plan.boundedness() == Boundedness.UNBOUNDED
            ? CommandLine.ExitCode.OK
            : CommandLine.ExitCode.SOFTWARE;
    try (Interruption interruption = Interruption.of(Thread.currentThread(), interrupted);
        DeadLetterFile deadLetters = DeadLetterFile.open(deadLetterFile)) {
      return run(engine, plan, deadLetters) ? CommandLine.ExitCode.OK : interrupted;
    }
  }

  /** False if the run was interrupted. */
  private boolean run(StreamEngine engine, Plan plan, DeadLetterFile deadLetters) {
    Progress progress = new Progress(System.err, System.console() != null);
    RunRequest request =
        RunRequest.standalone()
            .withLanes(lanes)
            .withServices(CommandLineHost.services())
            .withDeadLetters(deadLetters)
            .withProgress(progress);
    try {
      progress.finished(engine.run(plan, request));
      return true;
    } catch (InterruptedException e) {
      progress.interrupted();
      return false;
    } catch (RuntimeException e) {
      progress.failed();
      throw e;
    }
  }
}
