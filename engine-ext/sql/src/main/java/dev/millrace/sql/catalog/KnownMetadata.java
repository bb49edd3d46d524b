// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.connector.MetadataColumns;
import dev.millrace.spi.connector.MetadataFormatFactory;
import dev.millrace.spi.connector.MetadataKey;
import dev.millrace.spi.error.Location;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What one connector knows of its rows beside their columns. */
public record KnownMetadata(String connector, List<MetadataKey> keys) {
  /**
   * @param formats by the option that names them, if the table does
   */
  static KnownMetadata of(
      ConnectorFactory factory, Function<String, Optional<FormatFactory>> formats) {
    List<MetadataKey> keys = new ArrayList<>();
    if (factory instanceof MetadataColumns columns) {
      keys.addAll(columns.metadataKeys());
      columns.metadataFormatOptions().stream()
          .flatMap(option -> formats.apply(option).stream())
          .filter(MetadataFormatFactory.class::isInstance)
          .flatMap(format -> ((MetadataFormatFactory) format).metadataKeys().stream())
          .map(KnownMetadata::prefixed)
          .forEach(keys::add);
    }
    return new KnownMetadata(factory.identifier(), List.copyOf(keys));
  }

  private static MetadataKey prefixed(MetadataKey key) {
    return new MetadataKey(
        MetadataFormatFactory.PREFIX + key.key(), key.type(), false, key.description());
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
