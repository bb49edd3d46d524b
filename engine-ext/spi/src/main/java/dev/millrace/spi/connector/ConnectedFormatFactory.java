// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.format.FormatFactory;

/** A format that asks a system of its own, such as a registry of schemas. */
public interface ConnectedFormatFactory extends FormatFactory {
  /** The same format with what the host offers; called for each table before anything else. */
  FormatFactory connectedTo(Services services);
}
