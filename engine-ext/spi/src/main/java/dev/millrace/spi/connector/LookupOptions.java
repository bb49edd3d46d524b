// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Flink's options of a lookup join that remembers what it found; the same for all connectors. */
public final class LookupOptions {
  /** {@code lookup.cache}. */
  enum Caching {
    NONE,
    PARTIAL
  }

  private static final ConfigOption<Caching> CACHE =
      ConfigOption.oneOf(
              "lookup.cache", Caching.class, "Whether a lookup join remembers what it found.")
          .defaultTo(Caching.NONE);
  private static final ConfigOption<Long> MAX_ROWS =
      ConfigOption.bigint(
              "lookup.partial-cache.max-rows", "Rows remembered; the oldest used go first.")
          .defaultTo(10_000L);
  private static final ConfigOption<Duration> EXPIRE_AFTER_WRITE =
      ConfigOption.duration(
          "lookup.partial-cache.expire-after-write", "Forgotten this long after it was read.");
  private static final ConfigOption<Duration> EXPIRE_AFTER_ACCESS =
      ConfigOption.duration(
          "lookup.partial-cache.expire-after-access", "Forgotten this long after its last use.");
  private static final ConfigOption<Boolean> CACHE_MISSING_KEY =
      ConfigOption.bool(
              "lookup.partial-cache.cache-missing-key", "Remember that there is no such row, too.")
          .defaultTo(true);

  private LookupOptions() {}

  /** A connector's own options and these. */
  public static Set<ConfigOption<?>> with(ConfigOption<?>... own) {
    Set<ConfigOption<?>> all = new HashSet<>(Set.of(own));
    all.addAll(Set.of(CACHE, MAX_ROWS, EXPIRE_AFTER_WRITE, EXPIRE_AFTER_ACCESS, CACHE_MISSING_KEY));
    return Set.copyOf(all);
  }

  /** How a table's lookups shall be remembered; empty for not at all. */
  public static Optional<LookupCache.Settings> caching(Options options) {
    return switch (options.get(CACHE)) {
      case NONE -> Optional.empty();
      case PARTIAL ->
          Optional.of(
              new LookupCache.Settings(
                  options.get(MAX_ROWS),
                  nanos(options, EXPIRE_AFTER_WRITE),
                  nanos(options, EXPIRE_AFTER_ACCESS),
                  options.get(CACHE_MISSING_KEY)));
    };
  }

  private static long nanos(Options options, ConfigOption<Duration> option) {
    return options.find(option).map(Duration::toNanos).orElse(Long.MAX_VALUE);
  }
}
