// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

/** Makes readable tables. Called at validation, any thread. */
public interface SourceFactory extends ConnectorFactory {
  /**
   * @throws dev.millrace.spi.error.MillraceException category SQL, if the table's schema or options
   *     cannot be served
   */
  TableSource source(TableContext table);
}
