// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.plan.Plan;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace validate}: all errors of a script, or that there are none. */
@Command(
    name = "validate",
    description = "Checks a script completely and opens nothing.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Runnable {
  @Mixin private ScriptArgument argument;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    ScriptFile script = argument.script();
    Plan plan = CommandLineHost.engine().validate(script.name(), script.text());
    spec.commandLine()
        .getErr()
        .printf(
            Locale.ROOT,
            "%s is valid: %s, writes %s%n",
            script.name(),
            plan.boundedness().name().toLowerCase(Locale.ROOT),
            plan.inserts().stream().map(insert -> insert.table()).toList());
  }
}
