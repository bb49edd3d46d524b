// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.type.DataType;

/**
 * Something a table knows of its rows beside their columns, such as a record's offset.
 *
 * @param key as in {@code METADATA FROM 'key'}; a {@code #} in it stands for any text: {@code
 *     header.#}
 * @param type of the value a source gives and a sink takes
 * @param writable false if a sink cannot take it: such a column must be declared {@code VIRTUAL}
 *     where the table is written
 * @param description for the documentation
 */
public record MetadataKey(String key, DataType type, boolean writable, String description) {
  /** True if a key as written in a script is this one. */
  public boolean matches(String written) {
    int wildcard = key.indexOf('#');
    return wildcard < 0
        ? key.equals(written)
        : written.length() >= key.length()
            && written.startsWith(key.substring(0, wildcard))
            && written.endsWith(key.substring(wildcard + 1));
  }
}
