// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace explain}: the plan, on standard output. */
@Command(
    name = "explain",
    description = "Prints the plan of a script, sinks first.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Runnable {
  @Mixin private ScriptArgument argument;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    ScriptFile script = argument.script();
    spec.commandLine()
        .getOut()
        .print(CommandLineHost.engine().validate(script.name(), script.text()).explain());
    spec.commandLine().getOut().flush();
  }
}
