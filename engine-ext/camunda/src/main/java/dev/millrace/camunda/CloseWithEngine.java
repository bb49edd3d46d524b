// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Stops work before the engine closes: its lifecycle listener is called when the database may
 * already be gone. Thread-safe.
 */
final class CloseWithEngine extends CommandInterceptor {
  /** The last command of an engine; its class is not public. */
  private static final String CLOSE =
      "org.camunda.bpm.engine.impl.SchemaOperationProcessEngineClose";

  private final Runnable close;

  private CloseWithEngine(Runnable close) {
    this.close = close;
  }

  static void install(ProcessEngineConfigurationImpl configuration, Runnable close) {
    configuration.setCustomPreCommandInterceptorsTxRequired(
        with(configuration.getCustomPreCommandInterceptorsTxRequired(), close));
    configuration.setCustomPreCommandInterceptorsTxRequiresNew(
        with(configuration.getCustomPreCommandInterceptorsTxRequiresNew(), close));
  }

  private static List<CommandInterceptor> with(List<CommandInterceptor> others, Runnable close) {
    List<CommandInterceptor> all = others == null ? new ArrayList<>() : new ArrayList<>(others);
    all.add(0, new CloseWithEngine(close));
    return all;
  }

  @Override
  public <T> T execute(Command<T> command) {
    if (command.getClass().getName().equals(CLOSE)) {
      close.run();
    }
    return next.execute(command);
  }
}
