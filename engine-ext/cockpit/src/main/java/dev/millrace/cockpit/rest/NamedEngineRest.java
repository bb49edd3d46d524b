// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** {@code /engine-rest/engine/{name}/millrace}: those of an engine by name. */
@Path("/engine/{engine}/millrace")
public final class NamedEngineRest extends EngineRest {
  private final String name;

  public NamedEngineRest(@PathParam("engine") String name) {
    this.name = name;
  }

  @Override
  String engineName() {
    return name;
  }
}
