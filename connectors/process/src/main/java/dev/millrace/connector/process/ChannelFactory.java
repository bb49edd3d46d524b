// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.Channels;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** {@code 'connector' = 'channel'}: a durable named stream in the engine's database. */
public final class ChannelFactory implements SourceFactory, SinkFactory {
  static final String IDENTIFIER = "channel";
  private static final Duration KEEP = Duration.ofDays(1);
  private static final long MAX_EVENTS = 1_000_000;

  static final ConfigOption<String> NAME =
      ConfigOption.string(
          "channel-name",
          "The channel, of the tenant of the deployment; by default the name declared.");
  static final ConfigOption<Duration> RETAIN =
      ConfigOption.duration(
              "retain", "How long events are kept at least, also after all readers have passed.")
          .defaultTo(KEEP);
  static final ConfigOption<Long> MAX =
      ConfigOption.bigint(
              "max-events", "More events than these hold the writer up, until readers catch up.")
          .defaultTo(MAX_EVENTS);

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(NAME, RETAIN, MAX, Reading.STARTUP, Reading.BOUND, Reading.POLL);
  }

  @Override
  public TableSource source(TableContext table) {
    return new ChannelSource(
        table.schema(), table.name(), name(table), Reading.of(table.options()), Optional.empty());
  }

  @Override
  public TableSink sink(TableContext table) {
    Options options = table.options();
    return new ChannelSink(
        table.schema(), name(table), new Channels.Bounds(options.get(RETAIN), options.get(MAX)));
  }

  private static String name(TableContext table) {
    return Names.checked(NAME.key(), table.options().find(NAME).orElse(table.name()));
  }
}
