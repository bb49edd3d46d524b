// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.effect;

/** Where a sink writes what it did, in the transaction of the effect, in order. */
public interface EffectJournal {
  void append(Effect effect);
}
