// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.camunda.Millrace;
import dev.millrace.cockpit.access.Access;
import dev.millrace.cockpit.access.CockpitErrors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.util.EngineUtil;

/** The engine a request is for. */
record Addressed(ProcessEngine engine, Millrace millrace, Access access) {
  private static final String DEFAULT = "default";

  /**
   * @param name null for the default engine
   */
  static Addressed engine(String name) {
    ProcessEngine engine = EngineUtil.lookupProcessEngine(name);
    if (engine == null) {
      throw CockpitErrors.notFound("process engine", name == null ? DEFAULT : name);
    }
    Millrace millrace =
        Millrace.of(engine).orElseThrow(() -> CockpitErrors.notInstalled(engine.getName()));
    return new Addressed(engine, millrace, new Access(engine));
  }
}
