// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.effect.Effect;

/** Takes back records of {@code kafka} tables: the same value again, marked as compensating. */
public final class KafkaUndoer extends RecordUndoer {
  public KafkaUndoer() {
    super(RecordEffect.APPENDED);
  }

  @Override
  byte[] payload(Effect effect) {
    return value(effect.after());
  }
}
