// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.effect.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Records that were written as effects in the journal. */
final class RecordEffect {
  static final String APPENDED = "kafka";
  static final String UPSERTED = "upsert-kafka";

  static final String KEY = "key";
  static final String VALUE = "value";
  static final String RECORD = "record";
  static final String PARTITION = "partition";
  static final String HEADERS = "headers";

  private RecordEffect() {}

  /**
   * @param cluster its configured name
   * @param id by which a compensating record names this one
   * @param before the value the key had before, as far as the run knows it
   */
  static Effect of(
      boolean upsert,
      String cluster,
      String id,
      ProducerRecord<byte[], byte[]> record,
      Optional<byte[]> before) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put(KEY, record.key());
    key.put(RECORD, id);
    if (record.partition() != null) {
      key.put(PARTITION, record.partition());
    }
    if (record.headers().iterator().hasNext()) {
      key.put(HEADERS, byName(record.headers()));
    }
    return new Effect(
        upsert ? UPSERTED : APPENDED,
        cluster,
        record.topic(),
        key,
        before.map(RecordEffect::image),
        record.value() == null ? Optional.empty() : Optional.of(image(record.value())),
        Set.of(VALUE),
        Map.of());
  }

  /** Of several of one name the last, as whoever reads them as a map sees them. */
  private static Map<String, byte[]> byName(Iterable<Header> headers) {
    Map<String, byte[]> values = new LinkedHashMap<>();
    headers.forEach(header -> values.put(header.key(), header.value()));
    return values;
  }

  /** Those of the record itself. */
  static List<Header> headers(Effect effect) {
    List<Header> headers = new ArrayList<>();
    if (effect.key().get(HEADERS) instanceof Map<?, ?> values) {
      values.forEach((name, value) -> headers.add(new RecordHeader((String) name, (byte[]) value)));
    }
    return headers;
  }

  private static Map<String, Object> image(byte[] value) {
    Map<String, Object> image = new LinkedHashMap<>();
    image.put(VALUE, value);
    return image;
  }
}
