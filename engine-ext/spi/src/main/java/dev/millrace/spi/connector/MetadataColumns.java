// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.List;

/**
 * A {@link ConnectorFactory} whose tables may have columns declared {@code METADATA FROM 'key'}.
 * The engine checks keys and types against what is declared here, and converts between a column's
 * declared type and the key's: source and sink always see the key's.
 */
public interface MetadataColumns {
  /** The keys there are, in the order of the documentation. */
  List<MetadataKey> metadataKeys();

  /**
   * Those of the {@linkplain ConnectorFactory#formatOptions() options that name a format} whose
   * metadata the connector's tables have, too, if it is a {@link MetadataFormatFactory}.
   */
  default List<String> metadataFormatOptions() {
    return List.of();
  }
}
