// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.KafkaOptions.Delivery;
import dev.millrace.connector.kafka.KafkaOptions.Partitioner;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.row.ChangelogMode;
import java.util.Optional;

/**
 * Topics, to be written.
 *
 * @param keyFormat empty for records without a key
 * @param upsert a deleted row is a record without a value
 * @param transactionalId of what is written directly, exactly once
 */
record KafkaSink(
    String table,
    Cluster cluster,
    Topics topics,
    RecordShape shape,
    Optional<EncodingFormat> keyFormat,
    EncodingFormat valueFormat,
    boolean upsert,
    Partitioner partitioner,
    Delivery delivery,
    String transactionalId)
    implements TableSink {

  @Override
  public ChangelogMode accepts() {
    return upsert ? ChangelogMode.UPSERT : valueFormat.changelogMode();
  }

  /** Only what goes by way of an outbox can be taken back the same way. */
  @Override
  public EffectClass effectClass() {
    return cluster.connection().isPresent() ? EffectClass.RETRACTABLE : EffectClass.FINAL;
  }

  @Override
  public RowSink open(SinkContext context) {
    return context.transactional() && cluster.connection().isPresent()
        ? new OutboxWriter(this, context, cluster.connection().get())
        : new DirectWriter(this, context, System::nanoTime);
  }
}
