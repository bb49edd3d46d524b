// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A {@code CREATE TABLE} as the engine would tell it. */
record DeclaredTable(
    String name, RowType schema, int[] primaryKey, Options options, Services services)
    implements TableContext {

  static DeclaredTable of(
      RowType schema, List<String> key, Map<String, String> options, Services services) {
    int[] positions = key.stream().mapToInt(schema::indexOf).toArray();
    return new DeclaredTable("declared", schema, positions, new Options(options), services);
  }

  @Override
  public List<String> metadataKeys() {
    return Collections.nCopies(schema.size(), null);
  }

  @Override
  public DecodingFormat decodingFormat(String option, RowType columns) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EncodingFormat encodingFormat(String option, RowType columns) {
    throw new UnsupportedOperationException();
  }
}
