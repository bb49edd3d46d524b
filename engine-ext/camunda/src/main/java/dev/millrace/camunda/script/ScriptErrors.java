// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.script;

import dev.millrace.camunda.error.BpmnRange;
import dev.millrace.spi.error.MillraceException;
import java.util.Collection;

/** What is wrong with the place of a script: 6 to 8. */
final class ScriptErrors {
  private ScriptErrors() {}

  static MillraceException scriptNotInDeployment(String script, Collection<String> candidates) {
    return BpmnRange.sql(
        6,
        "script '%s' is not in this deployment%s; deploy it together with the model (a deployment"
            + " of changed resources only must hold it too) or name 'classpath:…'",
        script,
        candidates.isEmpty() ? "" : ", which holds " + String.join(", ", candidates));
  }

  static MillraceException scriptAmbiguous(String script, Collection<String> candidates) {
    return BpmnRange.sql(
        7,
        "script '%s' may be any of %s; write its full name",
        script,
        String.join(", ", candidates));
  }

  static MillraceException scriptNotOnClasspath(String script) {
    return BpmnRange.sql(8, "script '%s' is not on the class path", script);
  }
}
