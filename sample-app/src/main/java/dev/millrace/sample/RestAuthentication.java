// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.camunda.bpm.engine.rest.security.auth.impl.HttpBasicAuthenticationProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Whoever calls {@code /engine-rest} logs in as a user of the engine, with HTTP Basic. */
@Configuration(proxyBeanMethods = false)
class RestAuthentication {
  @Bean
  FilterRegistrationBean<ProcessEngineAuthenticationFilter> restAuthenticationFilter() {
    var filter = new FilterRegistrationBean<ProcessEngineAuthenticationFilter>(new NoExceptions());
    filter.addInitParameter(
        ProcessEngineAuthenticationFilter.AUTHENTICATION_PROVIDER_PARAM,
        HttpBasicAuthenticationProvider.class.getName());
    filter.addUrlPatterns("/engine-rest/*");
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
    filter.setAsyncSupported(true);
    return filter;
  }

  /** Camunda's filter lets anyone list the engines; here nothing is open. */
  private static final class NoExceptions extends ProcessEngineAuthenticationFilter {
    @Override
    protected boolean requiresEngineAuthentication(String requestUrl) {
      return true;
    }
  }
}
