// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import java.util.Optional;
import java.util.Set;

/** {@code 'connector' = 'process-history'}: what has happened in the engine, once committed. */
public final class ProcessHistoryFactory implements SourceFactory {
  static final String IDENTIFIER = "process-history";

  /** Not a name a script can give a channel. */
  private static final String CHANNEL = "$history";

  static final ConfigOption<String> ENTITIES =
      ConfigOption.string(
          "entities",
          "Whose events are read, separated by ';': "
              + String.join(", ", HistoryColumns.ENTITIES)
              + ". All, without it.");
  static final ConfigOption<String> DEFINITIONS =
      ConfigOption.string(
          "process-definition-keys",
          "Processes whose events are read, separated by ';'. All, without it.");
  static final ConfigOption<String> VARIABLES =
      ConfigOption.string(
          "variable-values",
          "Variables whose values are read, separated by ';', or * for all: strings, numbers,"
              + " booleans and dates. Without it values are neither recorded nor read.");

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(ENTITIES, DEFINITIONS, VARIABLES, Reading.STARTUP, Reading.BOUND, Reading.POLL);
  }

  @Override
  public TableSource source(TableContext table) {
    table
        .schema()
        .names()
        .forEach(
            name -> {
              if (!HistoryColumns.NAMES.contains(name)) {
                throw ProcessErrors.noHistoryColumn(name, HistoryColumns.NAMES);
              }
            });
    Set<String> entities = Set.copyOf(KeyColumn.names(table, ENTITIES));
    entities.forEach(
        name -> {
          if (!HistoryColumns.ENTITIES.contains(name)) {
            throw ProcessErrors.noEntity(name, HistoryColumns.ENTITIES);
          }
        });
    HistoryColumns columns =
        new HistoryColumns(
            entities,
            Set.copyOf(KeyColumn.names(table, DEFINITIONS)),
            Set.copyOf(KeyColumn.names(table, VARIABLES)));
    return new HistorySource(
        new ChannelSource(
            table.schema(),
            table.name(),
            CHANNEL,
            Reading.of(table.options()),
            Optional.of(columns)),
        columns);
  }
}
