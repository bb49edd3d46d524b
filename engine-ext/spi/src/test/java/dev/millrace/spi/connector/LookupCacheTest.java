// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupCacheTest {
  private static final long NEVER = Long.MAX_VALUE;

  private long nowNanos;

  private LookupCache<Integer> cache(long maxRows, long write, long access, boolean missing) {
    return new LookupCache<>(
        new LookupCache.Settings(maxRows, write, access, missing), () -> nowNanos);
  }

  private static List<Object[]> rows(int count) {
    return Collections.nCopies(count, new Object[0]);
  }

  @Test
  void leastRecentlyUsedRowsGoFirst() {
    LookupCache<Integer> cache = cache(3, NEVER, NEVER, true);
    cache.put(1, rows(1));
    cache.put(2, rows(1));
    cache.get(1);
    cache.put(3, rows(2));
    assertThat(cache.get(2)).isNull();
    assertThat(cache.get(1)).hasSize(1);
    assertThat(cache.get(3)).hasSize(2);
  }

  @Test
  void moreRowsThanTheCacheHoldsAreNotKept() {
    LookupCache<Integer> cache = cache(3, NEVER, NEVER, true);
    cache.put(1, rows(4));
    assertThat(cache.get(1)).isNull();
    cache.put(2, rows(3));
    assertThat(cache.get(2)).hasSize(3);
  }

  @Test
  void oldRowsAreForgotten() {
    LookupCache<Integer> cache = cache(3, 10, 6, true);
    cache.put(1, rows(1));
    nowNanos = 5;
    assertThat(cache.get(1)).isNotNull();
    nowNanos = 9;
    assertThat(cache.get(1)).isNotNull();
    nowNanos = 10;
    assertThat(cache.get(1)).isNull();
    cache.put(1, rows(1));
    nowNanos = 16;
    assertThat(cache.get(1)).isNull();
  }

  @Test
  void missingKeysAreRememberedOnlyIfAsked() {
    LookupCache<Integer> forgetful = cache(3, NEVER, NEVER, false);
    forgetful.put(1, rows(0));
    assertThat(forgetful.get(1)).isNull();
    LookupCache<Integer> mindful = cache(3, NEVER, NEVER, true);
    mindful.put(1, rows(0));
    assertThat(mindful.get(1)).isEmpty();
  }
}
