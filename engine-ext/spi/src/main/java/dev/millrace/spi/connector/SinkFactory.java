// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

/** Makes writable tables. Called at validation, any thread. */
public interface SinkFactory extends ConnectorFactory {
  /**
   * @throws dev.millrace.spi.error.MillraceException category SQL, if the table's schema or options
   *     cannot be served
   */
  TableSink sink(TableContext table);
}
