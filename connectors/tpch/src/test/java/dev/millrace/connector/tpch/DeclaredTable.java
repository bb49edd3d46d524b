// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.tpch;

import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A table as a script declares it. */
record DeclaredTable(RowType schema, Map<String, String> given) implements TableContext {
  @Override
  public String name() {
    return "t";
  }

  @Override
  public List<String> metadataKeys() {
    return Arrays.asList(new String[schema.size()]);
  }

  @Override
  public int[] primaryKey() {
    return new int[0];
  }

  @Override
  public Options options() {
    return new Options(given);
  }

  @Override
  public DecodingFormat decodingFormat(String option, RowType columns) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EncodingFormat encodingFormat(String option, RowType columns) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Services services() {
    return Services.none();
  }
}
