// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.KafkaOptions.Bound;
import dev.millrace.connector.kafka.Offsets.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions of its share a consumer reads, from where and how far. Single-threaded; asks the
 * broker.
 *
 * <p>The position that was committed decides where a partition goes on. One that is not in it is
 * new: it is read from the table's start if nothing was read before, and otherwise from its own,
 * for all its records came later.
 */
final class Partitions {
  private final KafkaSource source;
  private final Share share;
  private final Consumer<byte[], byte[]> consumer;
  private final String offsetReset;
  private final LongSupplier nanoClock;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private long lookedNs;

  /**
   * @param offsetReset where a group without an offset starts: earliest, latest or none
   */
  Partitions(
      KafkaSource source,
      Share share,
      Consumer<byte[], byte[]> consumer,
      String offsetReset,
      LongSupplier nanoClock) {
    this.source = source;
    this.share = share;
    this.consumer = consumer;
    this.offsetReset = offsetReset;
    this.nanoClock = nanoClock;
  }

  /**
   * Finds all partitions and sets the consumer to their starts, or to where it was.
   *
   * @param resumed the table was read before: a partition that was not is new
   */
  void assign(Offsets offsets, boolean resumed) {
    Set<TopicPartition> found = find(false);
    Map<TopicPartition, Long> starts = resumed ? beginnings(offsets, found) : starts(found);
    starts.forEach((partition, start) -> offsets.put(partition, new Place(start, 0)));
    seek(offsets);
    if (source.range().isBounded() && !found.isEmpty()) {
      ends.putAll(ends(found));
    }
    lookedNs = nanoClock.getAsLong();
  }

  /** Looks for new partitions if it is time; they are read from their start. */
  void discover(Offsets offsets) {
    long intervalNs = source.discovery().toNanos();
    if (intervalNs == 0
        || source.range().isBounded()
        || nanoClock.getAsLong() - lookedNs < intervalNs) {
      return;
    }
    lookedNs = nanoClock.getAsLong();
    Map<TopicPartition, Long> fresh = beginnings(offsets, find(offsets.partitions().isEmpty()));
    if (!fresh.isEmpty()) {
      fresh.forEach((partition, start) -> offsets.put(partition, new Place(start, 0)));
      seek(offsets);
    }
  }

  /** True if no record of the partition from that offset on is to be read. */
  boolean ended(TopicPartition partition, long offset) {
    Long end = ends.get(partition);
    return end != null && offset >= end;
  }

  /** Where reading goes on behind all that was fetched, and no further than the end. */
  long next(TopicPartition partition) {
    long next = consumer.position(partition);
    Long end = ends.get(partition);
    return end == null ? next : Math.min(next, end);
  }

  /** True if all is read that is to be read. */
  boolean allEnded(Offsets offsets) {
    return source.range().isBounded()
        && offsets.partitions().stream()
            .allMatch(partition -> ended(partition, offsets.get(partition).offset()));
  }

  private void seek(Offsets offsets) {
    consumer.assign(offsets.partitions());
    for (TopicPartition partition : offsets.partitions()) {
      consumer.seek(partition, offsets.get(partition).offset());
    }
  }

  private Map<TopicPartition, Long> beginnings(Offsets known, Set<TopicPartition> found) {
    List<TopicPartition> fresh = new ArrayList<>(found);
    fresh.removeAll(known.partitions());
    return fresh.isEmpty() ? Map.of() : consumer.beginningOffsets(fresh);
  }

  /**
   * @param anew ask the broker, whatever the consumer knows: one that reads nothing does not renew
   *     what it knows
   */
  private Set<TopicPartition> find(boolean anew) {
    List<PartitionInfo> infos = new ArrayList<>();
    if (anew || source.topics().pattern().isPresent()) {
      consumer
          .listTopics()
          .forEach(
              (topic, partitions) -> {
                if (source.topics().contains(topic)) {
                  infos.addAll(partitions);
                }
              });
    } else {
      for (String topic : source.topics().names()) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
          throw KafkaErrors.noSuchTopic(source.table(), topic, source.cluster());
        }
        infos.addAll(partitions);
      }
    }
    if (infos.isEmpty()) {
      throw KafkaErrors.noSuchTopic(source.table(), source.topics().toString(), source.cluster());
    }
    return infos.stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .filter(share::has)
        .collect(Collectors.toSet());
  }

  private Map<TopicPartition, Long> starts(Set<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    return switch (source.range().startup()) {
      case EARLIEST_OFFSET -> consumer.beginningOffsets(partitions);
      case LATEST_OFFSET -> consumer.endOffsets(partitions);
      case GROUP_OFFSETS -> groupOffsets(partitions);
      case TIMESTAMP -> at(partitions, source.range().startTimestampMillis());
      case SPECIFIC_OFFSETS -> specific(partitions);
    };
  }

  private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
    Bound bound = source.range().bound();
    return switch (bound) {
      case UNBOUNDED -> Map.of();
      case LATEST_OFFSET -> consumer.endOffsets(partitions);
      case GROUP_OFFSETS -> groupOffsets(partitions);
      case TIMESTAMP -> at(partitions, source.range().endTimestampMillis());
      case SPECIFIC_OFFSETS ->
          partitions.stream()
              .collect(
                  Collectors.toMap(
                      partition -> partition,
                      partition ->
                          source.range().endOffsets().getOrDefault(partition.partition(), 0L)));
    };
  }

  private Map<TopicPartition, Long> groupOffsets(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      offsets.put(partition, offset == null ? reset(partition) : Long.valueOf(offset.offset()));
    }
    return offsets;
  }

  private Long reset(TopicPartition partition) {
    return switch (offsetReset) {
      case "earliest" -> consumer.beginningOffsets(List.of(partition)).get(partition);
      case "latest" -> consumer.endOffsets(List.of(partition)).get(partition);
      default -> throw KafkaErrors.noGroupOffset(source.table(), partition);
    };
  }

  /** The first offset of that time or later; the end if there is none. */
  private Map<TopicPartition, Long> at(Set<TopicPartition> partitions, long millis) {
    Map<TopicPartition, Long> asked =
        partitions.stream().collect(Collectors.toMap(partition -> partition, any -> millis));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked);
    Map<TopicPartition, Long> offsets = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> all = new HashMap<>(offsets);
    found.forEach(
        (partition, offset) -> {
          if (offset != null) {
            all.put(partition, offset.offset());
          }
        });
    return all;
  }

  /** Partitions not named start as a group without an offset does, earliest: as in Flink. */
  private Map<TopicPartition, Long> specific(Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
    for (TopicPartition partition : partitions) {
      Long start = source.range().startOffsets().get(partition.partition());
      if (start != null) {
        starts.put(partition, start);
      }
    }
    return starts;
  }

  /** True if nothing is left of the partition, as far as the consumer knows. */
  boolean isRead(TopicPartition partition) {
    return consumer.currentLag(partition).orElse(1) == 0
        || ended(partition, consumer.position(partition));
  }

  /** How many records lie behind these positions and the ends as the consumer knows them. */
  long lag(Offsets offsets) {
    Collection<TopicPartition> partitions = offsets.partitions();
    long lag = 0;
    for (TopicPartition partition : partitions) {
      lag += consumer.currentLag(partition).orElse(0);
    }
    return lag;
  }
}
