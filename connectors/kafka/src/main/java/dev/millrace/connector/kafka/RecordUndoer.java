// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectUndoer;
import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.spi.outbox.Outbox;
import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.spi.outbox.OutboxTarget;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Takes records back by more records, for what is in a topic stays there: each goes where the one
 * it compensates went, with its headers, and names it in another, {@value
 * RecordHeaders#COMPENSATES}. Who reads the topic decides what that means; there are no conflicts.
 */
abstract class RecordUndoer implements EffectUndoer {
  private final String connector;

  RecordUndoer(String connector) {
    this.connector = connector;
  }

  @Override
  public final String connector() {
    return connector;
  }

  @Override
  public final UndoOutcome undo(Effect effect, ConflictPolicy policy, Connection connection) {
    throw new IllegalStateException("records are taken back by way of an outbox");
  }

  @Override
  public final UndoOutcome undo(
      Effect effect, ConflictPolicy policy, Connection connection, Outbox outbox) {
    Header compensates =
        new RecordHeader(
            RecordHeaders.COMPENSATES,
            Clients.utf8((String) effect.key().get(RecordEffect.RECORD)));
    RecordHeaders headers =
        new RecordHeaders(
                (Integer) effect.key().get(RecordEffect.PARTITION),
                null,
                RecordEffect.headers(effect))
            .with(compensates);
    outbox.append(
        new OutboxTarget(Cluster.KIND, effect.connection()),
        new OutboxRecord(
            "",
            effect.target(),
            (byte[]) effect.key().get(RecordEffect.KEY),
            payload(effect),
            headers.toBytes()));
    return new UndoOutcome.Undone();
  }

  /** The value of the compensating record; null for none. */
  abstract byte[] payload(Effect effect);

  static byte[] value(Optional<Map<String, Object>> image) {
    return image.map(columns -> (byte[]) columns.get(RecordEffect.VALUE)).orElse(null);
  }
}
