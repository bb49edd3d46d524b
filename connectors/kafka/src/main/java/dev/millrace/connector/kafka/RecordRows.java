// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Rows of a record: those of its value, each with the key's columns and what is known of the record
 * besides. Single-threaded; allocates values only.
 */
final class RecordRows {
  private final KafkaSource source;
  private final RecordShape shape;
  private final MessageDecoder keyDecoder;
  private final MessageDecoder valueDecoder;
  private final RowBatch key;
  private final RowBatch values;
  private final RecordMetadata[] metadata;
  private ConsumerRecord<byte[], byte[]> record;
  private boolean tombstone;
  private boolean more;
  private int next;
  private int given;
  private int skip;

  RecordRows(KafkaSource source) {
    this.source = source;
    shape = source.shape();
    keyDecoder = source.keyFormat().map(format -> format.messages()).orElse(null);
    valueDecoder = source.valueFormat().messages();
    key = new RowBatch(shape.keyType(), 1);
    values = new RowBatch(shape.valueType());
    metadata = new RecordMetadata[shape.schema().size()];
    for (int column = 0; column < metadata.length; column++) {
      String written = shape.metadata().get(column);
      metadata[column] = written == null ? null : RecordMetadata.of(written);
    }
  }

  /**
   * Goes to a record.
   *
   * @param rows of it that were given before
   */
  void begin(ConsumerRecord<byte[], byte[]> read, int rows) {
    record = read;
    skip = rows;
    given = 0;
    next = 0;
    key.clear();
    values.clear();
    tombstone = source.upsert() && read.value() == null;
    more = !tombstone;
    if (!tombstone) {
      valueDecoder.begin(read.value());
    }
  }

  /** How many rows of the record were given by now. */
  int given() {
    return given;
  }

  /**
   * Adds rows until the batch is full or the record ends.
   *
   * @return false at the end of the record
   * @throws RuntimeException if the rest of the record is bad
   */
  boolean add(RowBatch batch) throws IOException {
    readKey();
    if (tombstone) {
      addRow(batch, ChangeKind.DELETE, -1);
      return false;
    }
    while (!batch.isFull()) {
      if (next == values.size() && !refill()) {
        return false;
      }
      if (next < values.size()) {
        addValue(batch);
      }
    }
    return more || next < values.size();
  }

  private boolean refill() throws IOException {
    values.clear();
    next = 0;
    if (more) {
      more = valueDecoder.next(values);
    }
    return more || values.size() > 0;
  }

  private void addValue(RowBatch batch) {
    if (given >= skip) {
      ChangeKind kind = values.kind(next);
      addRow(batch, source.upsert() ? ChangeKind.UPDATE_AFTER : kind, next);
    }
    given++;
    next++;
  }

  private void readKey() throws IOException {
    if (keyDecoder != null && key.isEmpty()) {
      keyDecoder.begin(record.key());
      keyDecoder.next(key);
      if (key.isEmpty()) {
        throw KafkaErrors.noKey(source.table());
      }
    }
  }

  /**
   * @param value its row among the values, or -1: then columns of the value are NULL
   */
  private void addRow(RowBatch batch, ChangeKind kind, int value) {
    int row = batch.add(kind);
    if (value < 0) {
      for (int column : shape.value()) {
        batch.setNull(row, column);
      }
    }
    for (int i = 0; i < shape.key().length; i++) {
      batch.copyCell(key, 0, i, row, shape.key()[i]);
    }
    for (int i = 0; value >= 0 && i < shape.value().length; i++) {
      batch.copyCell(values, value, i, row, shape.value()[i]);
    }
    batch.weigh(row);
    for (int column = 0; column < metadata.length; column++) {
      if (metadata[column] != null) {
        metadata[column].read(record, shape.metadata().get(column), batch, row, column);
      }
    }
  }
}
