// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.guard;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Lets no task query run code. The engine forbids expressions in ad-hoc queries, but looks at the
 * outermost query only and then evaluates those inside {@code orQueries}, too. In stored filters it
 * allows any: whoever may store one could call whatever an expression reaches. With this plugin
 * ad-hoc queries hold no expression at any depth, and filters hold {@linkplain FilterExpression
 * harmless} ones.
 */
public final class QueryExpressionsPlugin extends AbstractProcessEnginePlugin {
  /** Behind the engine's own interceptors: there a stored filter can be read. */
  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setCustomPostCommandInterceptorsTxRequired(
        with(configuration.getCustomPostCommandInterceptorsTxRequired(), configuration));
    configuration.setCustomPostCommandInterceptorsTxRequiresNew(
        with(configuration.getCustomPostCommandInterceptorsTxRequiresNew(), configuration));
  }

  private static List<CommandInterceptor> with(
      List<CommandInterceptor> others, ProcessEngineConfigurationImpl configuration) {
    List<CommandInterceptor> all = others == null ? new ArrayList<>() : new ArrayList<>(others);
    all.add(new QueryExpressionsGuard(configuration));
    return all;
  }
}
