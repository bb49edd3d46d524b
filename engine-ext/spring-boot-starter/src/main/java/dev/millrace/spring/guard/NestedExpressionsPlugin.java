// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.guard;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractExecuteFilterCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Refuses expressions in queries inside {@code orQueries}. The engine forbids expressions in ad-hoc
 * queries, but looks at the outermost query only and then evaluates those of all: whoever may query
 * tasks could run code.
 */
public final class NestedExpressionsPlugin extends AbstractProcessEnginePlugin {
  private static final Field EXTENSION = extensionField();

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setCustomPreCommandInterceptorsTxRequired(
        with(configuration.getCustomPreCommandInterceptorsTxRequired(), configuration));
    configuration.setCustomPreCommandInterceptorsTxRequiresNew(
        with(configuration.getCustomPreCommandInterceptorsTxRequiresNew(), configuration));
  }

  private static List<CommandInterceptor> with(
      List<CommandInterceptor> others, ProcessEngineConfigurationImpl configuration) {
    List<CommandInterceptor> all = others == null ? new ArrayList<>() : new ArrayList<>(others);
    all.add(0, new Guard(configuration));
    return all;
  }

  /** A query is its own command. Thread-safe. */
  private static final class Guard extends CommandInterceptor {
    private final ProcessEngineConfigurationImpl configuration;

    Guard(ProcessEngineConfigurationImpl configuration) {
      this.configuration = configuration;
    }

    @Override
    public <T> T execute(Command<T> command) {
      if (!configuration.isEnableExpressionsInAdhocQueries()) {
        if (command instanceof TaskQueryImpl query) {
          check(query);
        } else if (command instanceof AbstractExecuteFilterCmd filter
            && extension(filter) instanceof TaskQueryImpl query) {
          check(query);
        }
      }
      return next.execute(command);
    }

    private static void check(TaskQueryImpl query) {
      if (query.getQueries().stream().anyMatch(each -> !each.getExpressions().isEmpty())) {
        throw new BadUserRequestException(
            "Expressions are forbidden in ad-hoc queries, also inside orQueries");
      }
    }

    /** What a caller adds to a stored filter. */
    private static Object extension(AbstractExecuteFilterCmd filter) {
      try {
        return EXTENSION.get(filter);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Field extensionField() {
    try {
      Field field = AbstractExecuteFilterCmd.class.getDeclaredField("extendingQuery");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this is not the engine the guard was written for", e);
    }
  }
}
