// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.validate.SqlNameMatchers;

/**
 * The tables and views declared so far, in Flink's one database {@code
 * default_catalog.default_database}. Names are case-sensitive. Single-threaded; one per script.
 */
public final class Catalog {
  /** Flink's catalog and database names. */
  public static final List<String> PATH = List.of("default_catalog", "default_database");

  private final CalciteSchema root = CalciteSchema.createRootSchema(false, false);
  private final CalciteSchema database;
  private final Map<String, Table> tables = new HashMap<>();

  public Catalog() {
    database = root.add(PATH.get(0), new AbstractSchema()).add(PATH.get(1), new AbstractSchema());
  }

  public Optional<Table> find(String name) {
    return Optional.ofNullable(tables.get(name));
  }

  /** For names that are no SQL. */
  public Optional<Table> findIgnoringCase(String name) {
    return find(name)
        .or(
            () ->
                tables.keySet().stream()
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .map(tables::get));
  }

  public void add(String name, Table table) {
    tables.put(name, table);
    database.add(name, table);
  }

  public void remove(String name) {
    tables.remove(name);
    database.removeTable(name);
  }

  /** Finds names qualified by catalog and database, by database, or not at all. */
  private static final class Reader extends CalciteCatalogReader {
    Reader(CalciteSchema root, RelDataTypeFactory typeFactory, CalciteConnectionConfig config) {
      super(
          root,
          SqlNameMatchers.withCaseSensitive(true),
          List.of(PATH, PATH.subList(0, 1), List.of()),
          typeFactory,
          config);
    }
  }

  public CalciteCatalogReader reader(RelDataTypeFactory typeFactory) {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
    CalciteConnectionConfig config = new CalciteConnectionConfigImpl(properties);
    return new Reader(root, typeFactory, config);
  }
}
