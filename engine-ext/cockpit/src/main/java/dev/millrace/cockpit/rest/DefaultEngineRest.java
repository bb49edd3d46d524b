// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import jakarta.ws.rs.Path;

/** {@code /engine-rest/millrace}: the default engine's. */
@Path("/millrace")
public final class DefaultEngineRest extends EngineRest {
  @Override
  String engineName() {
    return null;
  }
}
