// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;

/**
 * Single-threaded; allocates values only. Rows of records that were all written with one schema,
 * resolved to the table's by Avro's rules.
 */
final class AvroRows {
  private final List<AvroColumn> columns;
  private final AvroColumn.Meaning[] meanings;
  private final ResolvingDecoder resolver;

  /**
   * @throws IOException if the two cannot be compared at all
   */
  AvroRows(Schema writer, TableSchema table) throws IOException {
    columns = table.columns();
    Schema renamed = Schema.applyAliases(writer, table.schema());
    meanings = new AvroColumn.Meaning[columns.size()];
    for (int i = 0; i < meanings.length; i++) {
      Schema.Field field = renamed.getField(table.schema().getFields().get(i).name());
      meanings[i] = columns.get(i).meaning(field == null ? null : field.schema());
    }
    resolver = DecoderFactory.get().resolvingDecoder(renamed, table.schema(), null);
  }

  /**
   * Adds the row of the record a decoder stands at; it then stands behind it.
   *
   * @throws IOException if it is none; the batch is then as it was
   * @throws RuntimeException for the same reason
   */
  void add(Decoder in, RowBatch batch) throws IOException {
    int row = batch.add(ChangeKind.INSERT);
    boolean complete = false;
    try {
      resolver.configure(in);
      Schema.Field[] order = resolver.readFieldOrderIfDiff();
      for (int i = 0; i < meanings.length; i++) {
        int position = order == null ? i : order[i].pos();
        columns.get(position).read(resolver, meanings[position], batch, row);
      }
      resolver.drain();
      complete = true;
    } finally {
      if (!complete) {
        batch.removeLast();
      }
    }
  }
}
