// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.guard;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractExecuteFilterCmd;
import org.camunda.bpm.engine.impl.cmd.SaveFilterCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.FilterEntity;

/**
 * Looks at queries before they are executed and at filters before they are stored or executed. A
 * query is its own command; a filter's is run inside the filter's command. Thread-safe.
 */
final class QueryExpressionsGuard extends CommandInterceptor {
  private static final Field EXTENSION = field(AbstractExecuteFilterCmd.class, "extendingQuery");
  private static final Field FILTER_ID = field(AbstractExecuteFilterCmd.class, "filterId");
  private static final Field FILTER = field(SaveFilterCmd.class, "filter");

  private final ProcessEngineConfigurationImpl configuration;

  QueryExpressionsGuard(ProcessEngineConfigurationImpl configuration) {
    this.configuration = configuration;
  }

  @Override
  public <T> T execute(Command<T> command) {
    if (command instanceof TaskQueryImpl query) {
      checkAdHoc(query);
    } else if (command instanceof SaveFilterCmd) {
      checkStored((Filter) read(FILTER, command));
    } else if (command instanceof AbstractExecuteFilterCmd) {
      // what the caller adds to the filter, then the filter: it may be older than this guard
      if (read(EXTENSION, command) instanceof TaskQueryImpl query) {
        checkAdHoc(query);
      }
      if (read(FILTER_ID, command) instanceof String id) {
        checkStored(
            Context.getCommandContext().getDbEntityManager().selectById(FilterEntity.class, id));
      }
    }
    return next.execute(command);
  }

  private void checkAdHoc(TaskQueryImpl query) {
    if (!configuration.isEnableExpressionsInAdhocQueries()
        && withNested(query).stream().anyMatch(each -> !each.getExpressions().isEmpty())) {
      throw new BadUserRequestException(
          "Expressions are forbidden in ad-hoc queries, also inside orQueries");
    }
  }

  /** A filter that is not there is for the command to report. */
  private void checkStored(Filter filter) {
    if (filter != null && filter.getQuery() instanceof TaskQueryImpl query) {
      withNested(query).forEach(each -> checkStored(filter.getName(), each.getExpressions()));
    }
  }

  private void checkStored(String filter, Map<String, String> expressions) {
    expressions.forEach(
        (criterion, text) -> {
          if (!configuration.isEnableExpressionsInStoredQueries()) {
            throw new BadUserRequestException(
                "Expressions are forbidden in filters, also inside orQueries; '%s' has one for %s"
                    .formatted(filter, criterion));
          }
          if (!FilterExpression.isHarmless(text)) {
            throw new BadUserRequestException(
                "The expression for %s in filter '%s' is not allowed: filters may only use %s"
                    .formatted(criterion, filter, FilterExpression.ALLOWED));
          }
        });
  }

  /** A query and those inside it; the lists they hold name their owners, too. */
  private static Set<TaskQueryImpl> withNested(TaskQueryImpl query) {
    Set<TaskQueryImpl> found = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(query, found);
    return found;
  }

  private static void collect(TaskQueryImpl query, Set<TaskQueryImpl> found) {
    if (found.add(query)) {
      query.getQueries().forEach(each -> collect(each, found));
    }
  }

  private static Object read(Field field, Object command) {
    try {
      return field.get(command);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this is not the engine the guard was written for", e);
    }
  }
}
