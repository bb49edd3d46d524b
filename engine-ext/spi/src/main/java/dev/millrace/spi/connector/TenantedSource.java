// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.error.MillraceException;
import java.util.Optional;

/** A table that not every tenant may read: a deployment that does is refused. */
public interface TenantedSource extends TableSource {
  /**
   * Why scripts of a tenant may not read it; empty if they may. Asked when a script is deployed; as
   * the host may change its mind later, {@link #open} asks again.
   *
   * @param tenant empty for scripts without one
   */
  Optional<MillraceException> refusal(Optional<String> tenant);
}
