// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What a record has beside topic, key and value. Immutable.
 *
 * <pre>
 *   version 1 | partition int, -1 for any | time long, -1 for now | count int
 *   then each header: name as UTF, length int or -1 for null, bytes
 * </pre>
 *
 * @param partition null for any
 * @param timestamp milliseconds since the epoch; null for the moment it is sent
 */
record RecordHeaders(Integer partition, Long timestamp, List<Header> headers) {
  /** The record a compensating record takes back, by {@link #RECORD}. */
  static final String COMPENSATES = "millrace-compensates";

  /** Of a record that may be taken back: its run, and its place among what the run wrote. */
  static final String RECORD = "millrace-record";

  private static final int VERSION = 1;
  private static final int NONE = -1;

  static RecordHeaders of(ProducerRecord<?, ?> record) {
    return new RecordHeaders(
        record.partition(), record.timestamp(), List.of(record.headers().toArray()));
  }

  RecordHeaders with(Header header) {
    List<Header> more = new ArrayList<>(headers);
    more.add(header);
    return new RecordHeaders(partition, timestamp, more);
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(partition == null ? NONE : partition);
      out.writeLong(timestamp == null ? NONE : timestamp);
      out.writeInt(headers.size());
      for (Header header : headers) {
        out.writeUTF(header.key());
        out.writeInt(header.value() == null ? NONE : header.value().length);
        if (header.value() != null) {
          out.write(header.value());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException if the bytes are none of {@link #toBytes()}
   */
  static RecordHeaders read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("unknown version " + version + " of stored headers");
      }
      int partition = in.readInt();
      long timestamp = in.readLong();
      int count = in.readInt();
      List<Header> headers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        headers.add(header(in));
      }
      return new RecordHeaders(
          partition == NONE ? null : Integer.valueOf(partition),
          timestamp == NONE ? null : Long.valueOf(timestamp),
          headers);
    }
  }

  private static Header header(DataInputStream in) throws IOException {
    String name = in.readUTF();
    int length = in.readInt();
    if (length > in.available()) {
      throw new IOException("a stored header is cut off");
    }
    return new RecordHeader(name, length == NONE ? null : in.readNBytes(length));
  }
}
