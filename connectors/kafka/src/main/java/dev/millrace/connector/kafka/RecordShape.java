// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.KafkaOptions.ValueFields;
import dev.millrace.spi.connector.MetadataFormatFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the columns of a table lie in a record, as Flink lays them out.
 *
 * @param key positions of the key's columns in the schema; empty without a key
 * @param value positions of the value's columns, and behind them of those its format knows besides
 * @param keyType the key's columns, without their prefix
 * @param metadata by position in the schema, as written; null elsewhere
 * @param valueMetadata the keys of what the value's format knows besides, without prefix
 */
record RecordShape(
    RowType schema,
    int[] key,
    int[] value,
    RowType keyType,
    RowType valueType,
    List<String> metadata,
    List<String> valueMetadata) {

  static RecordShape of(TableContext table, List<String> keyFields) {
    RowType schema = table.schema();
    List<String> metadata = table.metadataKeys();
    Options options = table.options();
    int[] physical =
        IntStream.range(0, schema.size()).filter(i -> metadata.get(i) == null).toArray();
    String prefix = options.find(KafkaOptions.KEY_FIELDS_PREFIX).orElse("");
    int[] key = key(table, keyFields, physical, prefix);
    boolean all = options.get(KafkaOptions.VALUE_FIELDS_INCLUDE) == ValueFields.ALL;
    if (all && !prefix.isEmpty()) {
      throw KafkaErrors.prefixNeedsExceptKey(table.name());
    }
    int[] ofFormat =
        IntStream.range(0, schema.size()).filter(i -> isOfFormat(metadata.get(i))).toArray();
    int[] value =
        IntStream.concat(
                Arrays.stream(physical)
                    .filter(i -> all || Arrays.stream(key).noneMatch(k -> k == i)),
                Arrays.stream(ofFormat))
            .toArray();
    return new RecordShape(
        schema,
        key,
        value,
        type(schema, key, prefix),
        type(schema, value, ""),
        // holds null, so no immutable list
        metadata.stream().map(written -> isOfFormat(written) ? null : written).toList(),
        Arrays.stream(ofFormat)
            .mapToObj(i -> metadata.get(i).substring(MetadataFormatFactory.PREFIX.length()))
            .toList());
  }

  private static boolean isOfFormat(String written) {
    return written != null && written.startsWith(MetadataFormatFactory.PREFIX);
  }

  /** The value's columns without what its format knows besides. */
  RowType physicalValueType() {
    int columns = value.length - valueMetadata.size();
    return valueType.select(IntStream.range(0, columns).toArray());
  }

  private static int[] key(TableContext table, List<String> fields, int[] physical, String prefix) {
    List<String> columns = Arrays.stream(physical).mapToObj(table.schema()::name).toList();
    int[] key = new int[fields.size()];
    for (int i = 0; i < key.length; i++) {
      String field = fields.get(i);
      if (!columns.contains(field)) {
        throw KafkaErrors.unknownKeyField(table.name(), field, columns);
      }
      if (!field.startsWith(prefix)) {
        throw KafkaErrors.keyFieldPrefix(table.name(), field, prefix);
      }
      key[i] = table.schema().indexOf(field);
    }
    return key;
  }

  private static RowType type(RowType schema, int[] positions, String prefix) {
    List<Column> columns = new ArrayList<>();
    for (int position : positions) {
      columns.add(
          new Column(schema.name(position).substring(prefix.length()), schema.type(position)));
    }
    return new RowType(columns);
  }

  boolean hasKey() {
    return key.length > 0;
  }

  /** The position of the column of that metadata key, or -1. */
  int metadataColumn(String key) {
    return metadata.indexOf(key);
  }
}
