// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A declared table whose first column is its primary key. */
record KeyedTable(RowType schema, Map<String, String> texts, Services services)
    implements TableContext {
  @Override
  public String name() {
    return "declared";
  }

  @Override
  public List<String> metadataKeys() {
    return Collections.nCopies(schema.size(), null);
  }

  @Override
  public int[] primaryKey() {
    return new int[] {0};
  }

  @Override
  public Options options() {
    return new Options(texts);
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
