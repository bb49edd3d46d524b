// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.KafkaOptions.Partitioner;
import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.PackedMap;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Records out of rows. Single-threaded. */
final class RowRecords {
  private final KafkaSink sink;
  private final RecordShape shape;
  private final MessageEncoder keyEncoder;
  private final MessageEncoder valueEncoder;
  private final RowBatch key;
  private final RowBatch value;
  private final int topicColumn;
  private final int timestampColumn;

  RowRecords(KafkaSink sink) {
    this.sink = sink;
    shape = sink.shape();
    keyEncoder = sink.keyFormat().map(format -> format.messages()).orElse(null);
    valueEncoder = sink.valueFormat().messages();
    key = new RowBatch(shape.keyType(), 1);
    value = new RowBatch(shape.valueType(), 1);
    topicColumn = shape.metadataColumn("topic");
    timestampColumn = shape.metadataColumn("timestamp");
  }

  /**
   * The record a row is written as.
   *
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the row cannot be written
   */
  ProducerRecord<byte[], byte[]> of(RowBatch batch, int row) throws IOException {
    return new ProducerRecord<>(
        topic(batch, row),
        sink.partitioner() == Partitioner.FIXED ? Integer.valueOf(0) : null,
        timestamp(batch, row),
        keyEncoder == null
            ? null
            : encode(keyEncoder, key, shape.key(), batch, row, ChangeKind.INSERT),
        value(batch, row),
        headers(batch, row));
  }

  /** The value of a row whatever its kind: that of a row which is deleted, before that. */
  byte[] valueBefore(RowBatch batch, int row) throws IOException {
    return encode(valueEncoder, value, shape.value(), batch, row, ChangeKind.INSERT);
  }

  private byte[] value(RowBatch batch, int row) throws IOException {
    ChangeKind kind = batch.kind(row);
    if (sink.upsert()) {
      return kind.adds()
          ? encode(valueEncoder, value, shape.value(), batch, row, ChangeKind.INSERT)
          : null;
    }
    return encode(valueEncoder, value, shape.value(), batch, row, kind);
  }

  private static byte[] encode(
      MessageEncoder encoder,
      RowBatch part,
      int[] columns,
      RowBatch batch,
      int row,
      ChangeKind kind)
      throws IOException {
    part.clear();
    part.add(kind);
    for (int i = 0; i < columns.length; i++) {
      part.copyCell(batch, row, columns[i], 0, i);
    }
    return encoder.encode(part, 0);
  }

  private String topic(RowBatch batch, int row) {
    if (sink.topics().isSingle()) {
      return sink.topics().names().get(0);
    }
    String topic = batch.getString(row, topicColumn);
    if (topic == null || !sink.topics().contains(topic)) {
      throw KafkaErrors.topicNotAllowed(sink.table(), topic, sink.topics().toString());
    }
    return topic;
  }

  private Long timestamp(RowBatch batch, int row) {
    return timestampColumn < 0 || batch.isNull(row, timestampColumn)
        ? null
        : Long.valueOf(
            Math.floorDiv(batch.getLong(row, timestampColumn), RecordMetadata.MICROS_PER_MILLI));
  }

  private List<Header> headers(RowBatch batch, int row) {
    List<Header> headers = new ArrayList<>();
    for (int column = 0; column < shape.schema().size(); column++) {
      String written = shape.metadata().get(column);
      if (written == null || batch.isNull(row, column)) {
        continue;
      }
      switch (RecordMetadata.of(written)) {
        case HEADER ->
            headers.add(
                new RecordHeader(RecordMetadata.headerName(written), batch.getBytes(row, column)));
        case HEADERS -> addAll(headers, batch.getBytes(row, column));
        case TOPIC, PARTITION, LEADER_EPOCH, OFFSET, TIMESTAMP, TIMESTAMP_TYPE -> {}
      }
    }
    return headers;
  }

  /** Entries whose name or value is NULL are left out, as in Flink. */
  private static void addAll(List<Header> headers, byte[] map) {
    PackedMap.Cells cells = new PackedMap.Cells(map);
    for (int left = PackedMap.size(map); left > 0; left--) {
      cells.next();
      String name = cells.text();
      cells.next();
      if (name != null && !cells.isNull()) {
        headers.add(new RecordHeader(name, cells.bytes()));
      }
    }
  }
}
