// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.live;

import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.spi.connector.LiveTables;
import dev.millrace.store.StoredLiveTables;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.context.BpmnExecutionContext;
import org.camunda.bpm.engine.impl.context.Context;

/**
 * The bean {@code streams} of expressions: {@code ${streams.lookup('stock', sku).qty}}.
 * Thread-safe.
 *
 * <p>A lookup reads what is committed, in the transaction of the caller: what the last commit of
 * the pipeline wrote that keeps the table. Inside an instance of a tenant it is the tenant's table.
 */
public final class Streams {
  /** Its name in expressions. */
  public static final String BEAN = "streams";

  private final Supplier<StoredLiveTables> tables;

  /**
   * @param tables asked for at each lookup: expressions may be made before the store is
   */
  public Streams(Supplier<StoredLiveTables> tables) {
    this.tables = tables;
  }

  /** The row of a live table by its key; null if there is none, or the key is null. */
  public Map<String, Object> lookup(String table, Object key) {
    return key == null ? null : find(table, List.of(key));
  }

  /** As {@link #lookup(String, Object)}, for a key of two columns. */
  public Map<String, Object> lookup(String table, Object first, Object second) {
    return first == null || second == null ? null : find(table, List.of(first, second));
  }

  /** As {@link #lookup(String, Object)}, for a key of three columns. */
  public Map<String, Object> lookup(String table, Object first, Object second, Object third) {
    return first == null || second == null || third == null
        ? null
        : find(table, List.of(first, second, third));
  }

  private Map<String, Object> find(String table, List<Object> key) {
    LiveTables.Name name = new LiveTables.Name(tenant(), table);
    String text = LiveTables.key(key);
    try {
      Optional<Map<String, Object>> row =
          Context.getCommandContext() == null
              ? tables.get().find(name, text)
              : tables.get().find(EngineTransaction.current().connection(), name, text);
      return row.<Map<String, Object>>map(LinkedHashMap::new).orElse(null);
    } catch (SQLException e) {
      throw new ProcessEngineException(
          "live table '" + table + "' could not be read: " + e.getMessage(), e);
    }
  }

  private static String tenant() {
    BpmnExecutionContext execution = Context.getBpmnExecutionContext();
    String tenant = execution == null ? null : execution.getExecution().getTenantId();
    return tenant == null ? "" : tenant;
  }
}
