// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.sql.catalog.Declaration.WrittenOption;
import dev.millrace.sql.error.SqlErrors;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The connectors and formats at hand, by identifier. Immutable. */
public final class Connectors {
  static final String CONNECTOR = "connector";

  private final Map<String, ConnectorFactory> connectors = new TreeMap<>();
  private final Map<String, FormatFactory> formats = new TreeMap<>();
  private final Services services;

  public Connectors(
      Collection<ConnectorFactory> connectors,
      Collection<FormatFactory> formats,
      Services services) {
    connectors.forEach(factory -> this.connectors.put(factory.identifier(), factory));
    formats.forEach(factory -> this.formats.put(factory.identifier(), factory));
    this.services = services;
  }

  /** Tells all that is wrong with a table's options. */
  public void check(Declaration table, Consumer<MillraceException> problems) {
    WrittenOption connector = table.options().get(CONNECTOR);
    if (connector == null) {
      problems.accept(SqlErrors.missingConnector(table.at(), table.name()));
      return;
    }
    ConnectorFactory factory = connectors.get(connector.value());
    if (factory == null) {
      problems.accept(
          SqlErrors.unknownConnector(connector.at(), connector.value(), connectors.keySet()));
      return;
    }
    boolean known = true;
    for (String option : factory.formatOptions()) {
      WrittenOption format = table.options().get(option);
      if (format != null && !formats.containsKey(format.value())) {
        problems.accept(SqlErrors.unknownFormat(format.at(), format.value(), formats.keySet()));
        known = false;
      }
    }
    if (known) {
      new OptionCheck(table, factory, formatsOf(table, factory), problems).run();
    }
  }

  TableSource source(Declaration table) {
    ConnectorFactory factory = factoryOf(table);
    if (factory instanceof SourceFactory sources) {
      return located(table, () -> sources.source(context(table, factory, false)));
    }
    throw SqlErrors.notReadable(table.at(), table.name(), factory.identifier());
  }

  TableSink sink(Declaration table) {
    ConnectorFactory factory = factoryOf(table);
    if (factory instanceof SinkFactory sinks) {
      return located(table, () -> sinks.sink(context(table, factory, true)));
    }
    throw SqlErrors.notWritable(table.at(), table.name(), factory.identifier());
  }

  private ConnectorFactory factoryOf(Declaration table) {
    WrittenOption connector = table.options().get(CONNECTOR);
    return connectors.get(connector.value());
  }

  private List<NamedFormat> formatsOf(Declaration table, ConnectorFactory factory) {
    return factory.formatOptions().stream()
        .filter(option -> table.options().containsKey(option))
        .map(option -> new NamedFormat(option, formats.get(table.options().get(option).value())))
        .toList();
  }

  /**
   * What a table's connector, and its format, knows of its rows beside their columns.
   *
   * @param options of the table
   * @return empty if the connector is missing or unknown, which is told by {@link #check}
   */
  public Optional<KnownMetadata> metadata(Map<String, WrittenOption> options) {
    return Optional.ofNullable(options.get(CONNECTOR))
        .map(connector -> connectors.get(connector.value()))
        .map(
            factory ->
                KnownMetadata.of(
                    factory,
                    option ->
                        Optional.ofNullable(options.get(option))
                            .map(format -> formats.get(format.value()))));
  }

  private DeclaredContext context(Declaration table, ConnectorFactory factory, boolean writing) {
    return new DeclaredContext(
        table,
        writing ? table.writeColumns() : table.readColumns(),
        formatsOf(table, factory),
        formats.keySet(),
        services);
  }

  private static <T> T located(Declaration table, Supplier<T> factory) {
    try {
      return factory.get();
    } catch (MillraceException e) {
      throw e.location().isPresent() ? e : SqlErrors.refusedByConnector(table.at(), e);
    }
  }
}
