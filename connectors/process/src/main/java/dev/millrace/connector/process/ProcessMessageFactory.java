// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.connector.process.Patience.OnExpiry;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code 'connector' = 'process-message'}: a message to a waiting process for each row. */
public final class ProcessMessageFactory implements SinkFactory {
  static final String IDENTIFIER = "process-message";

  /** What is done with a message first if nobody waits for it. */
  enum IfNobodyWaits {
    WAIT,
    START
  }

  static final ConfigOption<String> NAME =
      ConfigOption.string("message-name", "The message, by its name in the model.");
  static final ConfigOption<String> CORRELATION =
      ConfigOption.string(
          "correlation-columns",
          "Columns, separated by ';', that must equal the process variables of their names.");
  static final ConfigOption<Duration> TTL =
      ConfigOption.duration(
          "ttl",
          "How long a message waits in the inbox for its subscriber. Without it a message does not"
              + " wait: one that finds no subscriber is an error of its row.");
  static final ConfigOption<IfNobodyWaits> NOBODY =
      ConfigOption.oneOf(
              "if-nobody-waits",
              IfNobodyWaits.class,
              "With start, a message for which no instance waits starts one, if a message start"
                  + " event of a process has its name.")
          .defaultTo(IfNobodyWaits.WAIT);
  static final ConfigOption<OnExpiry> ON_EXPIRY =
      ConfigOption.oneOf(
              "on-expiry",
              OnExpiry.class,
              "What a message leads to whose time has passed: a dead letter, a process instance, or"
                  + " a BPMN signal.")
          .defaultTo(OnExpiry.DEAD_LETTER);
  static final ConfigOption<String> EXPIRY_PROCESS =
      ConfigOption.string(
          "on-expiry.process-definition-key",
          "The process that an expired message starts, with its business key and variables.");
  static final ConfigOption<String> EXPIRY_SIGNAL =
      ConfigOption.string(
          "on-expiry.signal-name", "The signal that an expired message becomes, with variables.");

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(NAME);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(
        KeyColumn.OPTION, CORRELATION, TTL, NOBODY, ON_EXPIRY, EXPIRY_PROCESS, EXPIRY_SIGNAL);
  }

  @Override
  public TableSink sink(TableContext table) {
    VariableValues.check(table.schema());
    Optional<KeyColumn> key = KeyColumn.of(table);
    List<String> correlation = KeyColumn.names(table, CORRELATION);
    correlation.forEach(name -> KeyColumn.index(table, CORRELATION.key(), name));
    if (key.isEmpty() && correlation.isEmpty()) {
      throw ProcessErrors.correlatesByNothing();
    }
    return new ProcessMessageSink(
        table.name(),
        table.schema(),
        table.options().get(NAME),
        key,
        correlation,
        patience(table.options()));
  }

  private static Patience patience(Options options) {
    Duration ttl = options.find(TTL).orElse(Duration.ZERO);
    OnExpiry onExpiry = options.get(ON_EXPIRY);
    if (ttl.isZero() && onExpiry != OnExpiry.DEAD_LETTER) {
      throw ProcessErrors.needless(ON_EXPIRY.key(), "a 'ttl'");
    }
    Optional<String> target =
        switch (onExpiry) {
          case DEAD_LETTER -> Optional.empty();
          case START -> Optional.of(target(options, EXPIRY_PROCESS, "'on-expiry' = 'start'"));
          case SIGNAL -> Optional.of(target(options, EXPIRY_SIGNAL, "'on-expiry' = 'signal'"));
        };
    return new Patience(options.get(NOBODY) == IfNobodyWaits.START, ttl, onExpiry, target);
  }

  private static String target(Options options, ConfigOption<String> option, String when) {
    return options.find(option).orElseThrow(() -> ProcessErrors.missing(option.key(), when));
  }
}
