// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

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
  private final Set<String> broken = new HashSet<>();

  public Catalog() {
    database = root.add(PATH.get(0), new AbstractSchema()).add(PATH.get(1), new AbstractSchema());
  }

  public Optional<Table> find(String name) {
    return Optional.ofNullable(tables.get(name));
  }

  public void add(String name, Table table) {
    tables.put(name, table);
    database.add(name, table);
  }

  public void remove(String name) {
    tables.remove(name);
    database.removeTable(name);
  }

  /** A declaration that failed: its name being unknown later is no second error. */
  public void markBroken(String name) {
    broken.add(name);
  }

  public boolean isBroken(String name) {
    return broken.contains(name);
  }

  public CalciteCatalogReader reader(RelDataTypeFactory typeFactory) {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
    CalciteConnectionConfig config = new CalciteConnectionConfigImpl(properties);
    return new CalciteCatalogReader(root, PATH, typeFactory, config);
  }
}
