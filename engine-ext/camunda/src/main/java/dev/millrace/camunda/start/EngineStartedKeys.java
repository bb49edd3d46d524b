// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.start;

import dev.millrace.connector.process.StartedKeys;
import dev.millrace.connector.process.Uniqueness;
import dev.millrace.spi.connector.CommitAgainException;
import dev.millrace.store.Starts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;

/**
 * Keys of ours, which also keep concurrent commits apart, and the business keys the engine knows,
 * whoever started them. Thread-safe.
 */
public record EngineStartedKeys(ProcessEngine engine, Starts starts) implements StartedKeys {
  private static final int KEYS_PER_QUERY = 500;
  private static final String DUPLICATE = "23505";

  @Override
  public Set<String> known(Connection connection, Scope scope, Collection<String> keys)
      throws SQLException {
    Set<String> known = new HashSet<>(starts.known(connection, stored(scope), keys));
    if (scope.kind() == Uniqueness.BUSINESS_KEY) {
      List<String> all = List.copyOf(keys);
      for (int from = 0; from < all.size(); from += KEYS_PER_QUERY) {
        ask(scope, all.subList(from, Math.min(all.size(), from + KEYS_PER_QUERY)), known);
      }
    }
    return known;
  }

  /** History knows finished instances too; without history, only running ones are known. */
  private void ask(Scope scope, List<String> keys, Set<String> known) {
    if (ProcessEngineConfiguration.HISTORY_NONE.equals(
        engine.getProcessEngineConfiguration().getHistory())) {
      keys.stream().filter(key -> isRunning(scope, key)).forEach(known::add);
      return;
    }
    HistoricProcessInstanceQuery query =
        engine
            .getHistoryService()
            .createHistoricProcessInstanceQuery()
            .processDefinitionKey(scope.definitionKey())
            .processInstanceBusinessKeyIn(keys.toArray(String[]::new));
    scope.tenant().ifPresent(query::tenantIdIn);
    query.list().forEach(instance -> known.add(instance.getBusinessKey()));
  }

  private boolean isRunning(Scope scope, String key) {
    ProcessInstanceQuery query =
        engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(key, scope.definitionKey());
    scope.tenant().ifPresent(query::tenantIdIn);
    return query.count() > 0;
  }

  @Override
  public void add(Connection connection, Scope scope, Map<String, String> instancesByKey)
      throws SQLException {
    try {
      starts.add(connection, stored(scope), instancesByKey);
    } catch (SQLException e) {
      if (DUPLICATE.equals(e.getSQLState())) {
        throw new CommitAgainException(e);
      }
      throw e;
    }
  }

  private static Starts.Scope stored(Scope scope) {
    return new Starts.Scope(scope.definitionKey(), scope.tenant().orElse(""), scope.kind().name());
  }
}
