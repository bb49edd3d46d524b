// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.util.List;

/** What a factory is told of the table it shall serve. */
public interface TableContext {
  /** As declared, for messages. */
  String name();

  /**
   * The physical and metadata columns in order of declaration; computed columns are not among them.
   */
  RowType schema();

  /**
   * Columns declared {@code METADATA FROM 'key'}: their key by position in the schema; null
   * elsewhere.
   */
  List<String> metadataKeys();

  /** Positions of the primary key's columns in the schema; empty without one. */
  int[] primaryKey();

  /** The connector's options, with {@code format} and without that format's. */
  Options options();

  /** The table's {@code 'format'}, for reading; only if {@link ConnectorFactory#usesFormat()}. */
  DecodingFormat decodingFormat();

  /** The table's {@code 'format'}, for writing; only if {@link ConnectorFactory#usesFormat()}. */
  EncodingFormat encodingFormat();

  Services services();
}
