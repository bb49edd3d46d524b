// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.connector.MetadataColumns;
import dev.millrace.spi.connector.MetadataKey;
import dev.millrace.spi.error.Location;
import dev.millrace.sql.error.SqlErrors;
import java.util.List;

/** What one connector knows of its rows beside their columns. */
public record KnownMetadata(String connector, List<MetadataKey> keys) {
  static KnownMetadata of(ConnectorFactory factory) {
    return new KnownMetadata(
        factory.identifier(),
        factory instanceof MetadataColumns columns ? columns.metadataKeys() : List.of());
  }

  /**
   * @param at where the column's name stands
   * @throws dev.millrace.spi.error.MillraceException if the connector does not know the key
   */
  public MetadataKey require(String key, Location at) {
    return keys.stream()
        .filter(known -> known.matches(key))
        .findFirst()
        .orElseThrow(
            () ->
                SqlErrors.unknownMetadata(
                    at, key, connector, keys.stream().map(MetadataKey::key).toList()));
  }
}
