// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.row.RowBatch;
import java.util.Arrays;

/**
 * The lane of a key. Two rows of different types with equal key values have the same lane, so that
 * both sides of a join meet. Mixes in another way than state tables do: a lane must not see only a
 * corner of its table.
 */
final class KeyHash {
  private static final long MIX_1 = 0xFF51AFD7ED558CCDL;
  private static final long MIX_2 = 0xC4CEB9FE1A85EC53L;

  private KeyHash() {}

  /**
   * @param targets takes the lane of each row
   */
  static void lanes(RowBatch batch, int[] keys, int lanes, int[] targets) {
    Arrays.fill(targets, 0, batch.size(), 0);
    for (int key : keys) {
      if (batch.words(key) != null) {
        addWords(batch.words(key), batch.nulls(key), batch.size(), targets);
      }
      if (batch.refs(key) != null) {
        addRefs(batch.refs(key), batch.size(), targets);
      }
    }
    for (int row = 0; row < batch.size(); row++) {
      targets[row] = (int) (((targets[row] & 0xFFFF_FFFFL) * lanes) >>> 32);
    }
  }

  private static void addWords(long[] words, boolean[] nulls, int size, int[] hashes) {
    for (int row = 0; row < size; row++) {
      if (!nulls[row]) {
        hashes[row] = mix(hashes[row], words[row]);
      }
    }
  }

  private static void addRefs(Object[] refs, int size, int[] hashes) {
    for (int row = 0; row < size; row++) {
      Object ref = refs[row];
      if (ref != null) {
        int hash = ref instanceof byte[] bytes ? Arrays.hashCode(bytes) : ref.hashCode();
        hashes[row] = mix(hashes[row], hash);
      }
    }
  }

  private static int mix(int hash, long value) {
    long mixed = (value ^ (hash * MIX_2)) * MIX_1;
    mixed = (mixed ^ (mixed >>> 33)) * MIX_2;
    return (int) (mixed ^ (mixed >>> 29));
  }
}
