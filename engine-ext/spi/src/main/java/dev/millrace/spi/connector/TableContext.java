// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.util.List;
import java.util.Map;

/** What a factory is told of the table it shall serve. */
public interface TableContext {
  /** As declared, for messages. */
  String name();

  /**
   * The physical and metadata columns in order of declaration; computed columns are not among them.
   * A metadata column has the type of its {@link MetadataKey}.
   */
  RowType schema();

  /**
   * Columns declared {@code METADATA FROM 'key'}: their key by position in the schema; null
   * elsewhere.
   */
  List<String> metadataKeys();

  /** Positions of the primary key's columns in the schema; empty without one. */
  int[] primaryKey();

  /** The connector's options, with those that name a format and without that format's. */
  Options options();

  /** The table's {@code 'format'}, for reading its whole {@link #schema()}. */
  default DecodingFormat decodingFormat() {
    return decodingFormat("format", schema());
  }

  /** The table's {@code 'format'}, for writing its whole {@link #schema()}. */
  default EncodingFormat encodingFormat() {
    return encodingFormat("format", schema());
  }

  /**
   * A format, for reading some of the columns.
   *
   * @param option one of {@link ConnectorFactory#formatOptions()}
   * @param columns in the format's own order and names
   * @throws dev.millrace.spi.error.MillraceException category SQL, if the table does not name one
   */
  DecodingFormat decodingFormat(String option, RowType columns);

  /**
   * As above, with columns of the format's own metadata behind the others.
   *
   * @param metadata keys of a {@link MetadataFormatFactory}, without prefix
   */
  default DecodingFormat decodingFormat(String option, RowType columns, List<String> metadata) {
    return decodingFormat(option, columns);
  }

  /** A format, for writing some of the columns; see {@link #decodingFormat(String, RowType)}. */
  EncodingFormat encodingFormat(String option, RowType columns);

  /**
   * As {@link #encodingFormat(String, RowType)}, with values for options the table does not give.
   *
   * @param defaults by the format's own keys; those the format does not have mean nothing
   */
  default EncodingFormat encodingFormat(
      String option, RowType columns, Map<String, String> defaults) {
    return encodingFormat(option, columns);
  }

  Services services();
}
