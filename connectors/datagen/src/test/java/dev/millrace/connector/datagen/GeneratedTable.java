// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.datagen;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A datagen table with columns a, b, c, … */
record GeneratedTable(RowType schema, TableSource source) {
  static GeneratedTable of(Map<String, String> options, Clock clock, DataType... types) {
    List<Column> columns = new ArrayList<>();
    for (DataType type : types) {
      columns.add(new Column(String.valueOf((char) ('a' + columns.size())), type));
    }
    RowType schema = new RowType(columns);
    return new GeneratedTable(
        schema, new DatagenFactory().source(new Declared(schema, new Options(options), clock)));
  }

  Boundedness boundedness() {
    return source.boundedness();
  }

  RowSource open(SourceContext context) throws Exception {
    return source.open(context);
  }

  private record Declared(RowType schema, Options options, Clock clock) implements TableContext {
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
    public DecodingFormat decodingFormat(String option, RowType columns) {
      throw new UnsupportedOperationException();
    }

    @Override
    public EncodingFormat encodingFormat(String option, RowType columns) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Services services() {
      return Services.none().with(Clock.class, clock);
    }
  }
}
