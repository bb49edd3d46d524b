// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.format.BadRecords;

/** What the running engine offers a source. */
public interface SourceContext extends BadRecords {
  /** The host's services with those of the run, such as the process instance it works for. */
  Services services();
}
