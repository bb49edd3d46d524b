// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit;

import dev.millrace.cockpit.rest.DefaultEngineRest;
import dev.millrace.cockpit.rest.MillraceExceptionHandler;
import dev.millrace.cockpit.rest.NamedEngineRest;
import java.util.Set;

/**
 * What a JAX-RS application registers beside Camunda's own resources: {@code
 * /engine-rest/millrace/…} and {@code /engine-rest/engine/{name}/millrace/…}. Whoever guards
 * engine-rest guards these.
 */
public final class CockpitResources {
  private CockpitResources() {}

  public static Set<Class<?>> classes() {
    return Set.of(DefaultEngineRest.class, NamedEngineRest.class, MillraceExceptionHandler.class);
  }
}
