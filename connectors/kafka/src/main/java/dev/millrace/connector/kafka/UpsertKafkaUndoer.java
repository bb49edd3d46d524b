// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.effect.Effect;

/**
 * Takes back records of {@code upsert-kafka} tables: the value before, as far as the run knew it,
 * or no value, which deletes the key.
 */
public final class UpsertKafkaUndoer extends RecordUndoer {
  public UpsertKafkaUndoer() {
    super(RecordEffect.UPSERTED);
  }

  @Override
  byte[] payload(Effect effect) {
    return value(effect.before());
  }
}
