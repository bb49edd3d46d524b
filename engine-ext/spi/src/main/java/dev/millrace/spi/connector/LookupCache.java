// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What lookups found, by key, least recently used first to go. Single-threaded.
 *
 * @param <K> a key, compared by {@code equals}
 */
public final class LookupCache<K> {
  /**
   * @param maxRows over all keys; a key without rows counts as one
   * @param expireAfterWriteNanos {@link Long#MAX_VALUE} for never
   * @param expireAfterAccessNanos {@link Long#MAX_VALUE} for never
   * @param missingKeys whether a key without rows is remembered
   */
  public record Settings(
      long maxRows, long expireAfterWriteNanos, long expireAfterAccessNanos, boolean missingKeys) {}

  private static final class Entry {
    private final List<Object[]> rows;
    private final long writtenNanos;
    private long usedNanos;

    private Entry(List<Object[]> rows, long nowNanos) {
      this.rows = rows;
      writtenNanos = nowNanos;
      usedNanos = nowNanos;
    }

    private int weight() {
      return Math.max(1, rows.size());
    }
  }

  private final Settings settings;
  private final LongSupplier nanoClock;
  private final Map<K, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  public LookupCache(Settings settings, LongSupplier nanoClock) {
    this.settings = settings;
    this.nanoClock = nanoClock;
  }

  /** The rows, or null if they are not known or too old. */
  public List<Object[]> get(K key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    long now = nanoClock.getAsLong();
    if (now - entry.writtenNanos >= settings.expireAfterWriteNanos()
        || now - entry.usedNanos >= settings.expireAfterAccessNanos()) {
      entries.remove(key);
      weight -= entry.weight();
      return null;
    }
    entry.usedNanos = now;
    return entry.rows;
  }

  public void put(K key, List<Object[]> rows) {
    if (rows.isEmpty() && !settings.missingKeys()) {
      return;
    }
    Entry entry = new Entry(rows, nanoClock.getAsLong());
    Entry old = entries.put(key, entry);
    weight += entry.weight() - (old == null ? 0 : old.weight());
    Iterator<Entry> oldest = entries.values().iterator();
    while (weight > settings.maxRows() && oldest.hasNext()) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }
}
