// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.option.ConfigOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code 'connector' = 'process-start'}: a process instance for each row. */
public final class ProcessStartFactory implements SinkFactory {
  static final String IDENTIFIER = "process-start";

  /** What becomes of a row whose key is known. */
  enum OnDuplicate {
    ERROR,
    IGNORE
  }

  static final ConfigOption<String> DEFINITION =
      ConfigOption.string("process-definition-key", "The process to start, in its latest version.");
  static final ConfigOption<Uniqueness> UNIQUE =
      new ConfigOption<>(
          "unique",
          Uniqueness::parse,
          "one of business-key, position, none",
          Optional.empty(),
          "What the process is started at most once for: its business key, as far back as the"
              + " engine's history goes, or the place of the event in its source, which the"
              + " position columns tell. By default business-key if there is a business key"
              + " column, else none.");
  static final ConfigOption<String> POSITION =
      ConfigOption.string(
          "position-columns",
          "Columns, separated by ';', that tell the place of an event in its source: topic,"
              + " partition and offset, for example.");
  static final ConfigOption<String> POSITION_SOURCE =
      ConfigOption.string(
          "position-source",
          "A name of the source whose positions they are: tables of the same name start a process"
              + " once for the same position. By default each table of a pipeline, or of a stream"
              + " task, is a source of its own.");
  static final ConfigOption<OnDuplicate> ON_DUPLICATE =
      ConfigOption.oneOf(
              "on-duplicate",
              OnDuplicate.class,
              "Whether a row whose key is known is an error of that row, or is passed over.")
          .defaultTo(OnDuplicate.ERROR);

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(DEFINITION);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(KeyColumn.OPTION, UNIQUE, POSITION, POSITION_SOURCE, ON_DUPLICATE);
  }

  @Override
  public TableSink sink(TableContext table) {
    VariableValues.check(table.schema());
    Optional<KeyColumn> key = KeyColumn.of(table);
    return new ProcessStartSink(
        table.name(), table.schema(), table.options().get(DEFINITION), key, unique(table, key));
  }

  private static UniqueStart unique(TableContext table, Optional<KeyColumn> key) {
    Uniqueness by =
        table
            .options()
            .find(UNIQUE)
            .orElse(key.isPresent() ? Uniqueness.BUSINESS_KEY : Uniqueness.NONE);
    List<KeyColumn> position = KeyColumn.list(table, POSITION);
    List<KeyColumn> columns =
        switch (by) {
          case BUSINESS_KEY ->
              List.of(key.orElseThrow(() -> ProcessErrors.uniqueWithout(KeyColumn.OPTION.key())));
          case POSITION -> {
            if (position.isEmpty()) {
              throw ProcessErrors.uniqueWithout(POSITION.key());
            }
            yield position;
          }
          case NONE -> List.of();
        };
    Optional<String> source = table.options().find(POSITION_SOURCE);
    if (by != Uniqueness.POSITION && (!position.isEmpty() || source.isPresent())) {
      throw ProcessErrors.positionWithoutUse();
    }
    return new UniqueStart(
        by, source, columns, table.options().get(ON_DUPLICATE) == OnDuplicate.ERROR);
  }
}
