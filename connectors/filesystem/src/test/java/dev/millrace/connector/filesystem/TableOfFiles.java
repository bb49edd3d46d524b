// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import dev.millrace.connector.format.CsvFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A table of csv files. */
record TableOfFiles(RowType schema, Map<String, String> given, Services services)
    implements TableContext {
  TableSource source() {
    return new FilesystemFactory().source(this);
  }

  TableSink sink() {
    return new FilesystemFactory().sink(this);
  }

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
    return new CsvFactory().decoding(columns, new Options(Map.of()));
  }

  @Override
  public EncodingFormat encodingFormat(String option, RowType columns) {
    return new CsvFactory().encoding(columns, new Options(Map.of()));
  }
}
