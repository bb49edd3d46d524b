// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.connector.AddressedSource;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.ParallelSource;
import dev.millrace.spi.connector.RecordSource;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.row.ChangelogMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Topics, to be read.
 *
 * @param keyFormat empty for records whose key is no column
 * @param discovery how often new partitions are looked for; zero for never
 * @param parallelism how many consumers share the partitions; empty for as many as there are lanes
 */
record KafkaSource(
    String table,
    Cluster cluster,
    Topics topics,
    RecordShape shape,
    Optional<DecodingFormat> keyFormat,
    DecodingFormat valueFormat,
    boolean upsert,
    ScanRange range,
    Duration discovery,
    Optional<Integer> parallelism)
    implements RecordSource, ParallelSource, AddressedSource {

  /** Another cluster of the same name may have other records; that is for who configures it. */
  @Override
  public Map<String, String> address() {
    Map<String, String> address = new TreeMap<>(topics.address());
    address.put("connector", upsert ? "upsert-kafka" : "kafka");
    address.putAll(cluster.address());
    return address;
  }

  @Override
  public Boundedness boundedness() {
    return range.isBounded() ? Boundedness.BOUNDED : Boundedness.UNBOUNDED;
  }

  @Override
  public ChangelogMode changelogMode() {
    return upsert ? ChangelogMode.UPSERT : valueFormat.changelogMode();
  }

  @Override
  public boolean blocks() {
    return true;
  }

  @Override
  public RowSource open(SourceContext context) {
    return new KafkaRows(this, context, Share.ALL, System::nanoTime);
  }

  @Override
  public int readers(int lanes) {
    return parallelism.orElse(lanes);
  }

  @Override
  public RewindableSource open(SourceContext context, int reader, int readers) {
    return new KafkaRows(this, context, new Share(reader, readers), System::nanoTime);
  }

  @Override
  public String position(List<String> shares) {
    Offsets all = new Offsets();
    shares.forEach(share -> all.putAll(Offsets.parse(table, share)));
    return all.toString();
  }

  /** What is kept of a bad record is its value: enough where nothing else is read. */
  @Override
  public RowSource replay(List<byte[]> records, SourceContext context) {
    if (keyFormat.isPresent() || shape.metadata().stream().anyMatch(Objects::nonNull)) {
      throw KafkaErrors.valueOnly(table);
    }
    return new ReplayedValues(new RecordRows(this), records.iterator());
  }
}
