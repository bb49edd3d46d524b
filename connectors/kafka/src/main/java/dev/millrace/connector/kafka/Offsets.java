// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition has been read. Single-threaded.
 *
 * <p>Stored as {@code topic/partition=offset}, separated by commas: the next record to read. {@code
 * +n} behind it says that n rows of that record were already given.
 *
 * <pre>
 *   orders/0=42,orders/1=17+256
 * </pre>
 */
final class Offsets {
  /** The next record, and how many of its rows were given. */
  record Place(long offset, int rows) {
    @Override
    public String toString() {
      return rows == 0 ? Long.toString(offset) : offset + "+" + rows;
    }
  }

  private static final Pattern ENTRY = Pattern.compile("([^/=,]+)/(\\d+)=(\\d+)(?:\\+(\\d+))?");

  private final Map<TopicPartition, Place> places = new TreeMap<>(Offsets::compare);
  private String text = "";

  /**
   * @throws dev.millrace.spi.error.MillraceException if the text is none of {@link #toString()}
   */
  static Offsets parse(String table, String text) {
    Offsets offsets = new Offsets();
    for (String entry : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      Matcher matcher = ENTRY.matcher(entry);
      if (!matcher.matches()) {
        throw KafkaErrors.notAPosition(table, text);
      }
      int rows = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
      offsets.put(
          new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2))),
          new Place(Long.parseLong(matcher.group(3)), rows));
    }
    return offsets;
  }

  private static int compare(TopicPartition one, TopicPartition other) {
    int byTopic = one.topic().compareTo(other.topic());
    return byTopic == 0 ? Integer.compare(one.partition(), other.partition()) : byTopic;
  }

  /** Those of a share's partitions. */
  Offsets only(Share share) {
    Offsets own = new Offsets();
    places.forEach(
        (partition, place) -> {
          if (share.has(partition)) {
            own.put(partition, place);
          }
        });
    return own;
  }

  void putAll(Offsets more) {
    places.putAll(more.places);
    text = null;
  }

  void put(TopicPartition partition, Place place) {
    places.put(partition, place);
    text = null;
  }

  /** Null if nothing is known of the partition. */
  Place get(TopicPartition partition) {
    return places.get(partition);
  }

  Collection<TopicPartition> partitions() {
    return places.keySet();
  }

  @Override
  public String toString() {
    if (text == null) {
      StringBuilder all = new StringBuilder();
      places.forEach(
          (partition, place) ->
              all.append(all.isEmpty() ? "" : ",")
                  .append(partition.topic())
                  .append('/')
                  .append(partition.partition())
                  .append('=')
                  .append(place));
      text = all.toString();
    }
    return text;
  }
}
