// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.format.BadRecords;
import java.time.Duration;
import java.util.Optional;

/** What the running engine offers a source. */
public interface SourceContext extends BadRecords {
  /** The host's services with those of the run, such as the process instance it works for. */
  Services services();

  /**
   * Whether rows are read that were read before, so that what a pipeline remembers is made again: a
   * source that gives its rows at a pace need not keep to it.
   */
  default boolean readsAgain() {
    return false;
  }

  /**
   * How long a part of the source may be silent until event time no longer waits for it; empty for
   * ever.
   */
  default Optional<Duration> idleTimeout() {
    return Optional.empty();
  }
}
