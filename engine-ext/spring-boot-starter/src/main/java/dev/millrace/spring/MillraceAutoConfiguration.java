// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import dev.millrace.camunda.Millrace;
import dev.millrace.camunda.MillracePlugin;
import dev.millrace.camunda.config.Secrets;
import dev.millrace.camunda.live.Streams;
import dev.millrace.spring.guard.QueryExpressionsPlugin;
import dev.millrace.spring.guard.SetupGuard;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Installs Millrace in the application's process engine, and closes known holes of that engine. */
@AutoConfiguration(before = CamundaBpmAutoConfiguration.class)
@EnableConfigurationProperties(MillraceProperties.class)
@ConditionalOnProperty(prefix = "millrace", name = "enabled", matchIfMissing = true)
public class MillraceAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  MillracePlugin millracePlugin(
      MillraceProperties properties, Secrets secrets, ConnectionPools pools, BeanFactory beans) {
    MillracePlugin plugin = new MillracePlugin();
    plugin.setNode(properties.node());
    plugin.setWorkers(properties.workers());
    if (properties.maxRunsPerTenant() != null) {
      plugin.setMaxRunsPerTenant(properties.maxRunsPerTenant());
    }
    if (properties.maxMemoryPerTenant() != null) {
      plugin.setMaxMemoryPerTenant(properties.maxMemoryPerTenant().toBytes());
    }
    plugin.setTenantQuotas(properties.tenantQuotas());
    plugin.setLimits(properties.limits());
    plugin.setLeaseSeconds(Math.toIntExact(properties.lease().toSeconds()));
    plugin.setPollMillis(properties.poll().toMillis());
    plugin.setSweepSeconds(properties.sweep().toSeconds());
    plugin.setMaxTakeovers(properties.maxTakeovers());
    plugin.setInboxLimit(properties.inbox().limit());
    plugin.setInboxSweepMillis(properties.inbox().sweep().toMillis());
    plugin.setInboxKeepHours(properties.inbox().keep().toHours());
    plugin.setOutboxLimit(properties.outboxLimit());
    plugin.setRetryAttempts(properties.retry().attempts());
    plugin.setRetryDelayMillis(properties.retry().delay().toMillis());
    plugin.setFileRootPaths(properties.files());
    plugin.setSecrets(secrets);
    plugin.setEndpoints(
        Map.of(
            "http", properties.http(),
            "kafka", properties.kafka(),
            "registry", properties.registry(),
            "hooks", properties.hooks()));
    Map<String, DataSource> connections = new LinkedHashMap<>();
    properties
        .connections()
        .forEach((name, connection) -> connections.put(name, open(name, connection, pools, beans)));
    plugin.setConnections(connections);
    return plugin;
  }

  private static DataSource open(
      String name,
      MillraceProperties.Connection connection,
      ConnectionPools pools,
      BeanFactory beans) {
    return connection.dataSource() != null
        ? beans.getBean(connection.dataSource(), DataSource.class)
        : pools.open("millrace.connections." + name, connection);
  }

  /** Closed after the engine, which is built with the plugin that uses them. */
  @Bean
  ConnectionPools millraceConnectionPools(Secrets secrets) {
    return new ConnectionPools(secrets);
  }

  @Bean
  @ConditionalOnMissingBean
  Secrets millraceSecrets(MillraceProperties properties) {
    return new Secrets(properties.secrets(), Optional.ofNullable(properties.secretsDirectory()));
  }

  @Bean
  QueryExpressionsPlugin queryExpressionsPlugin() {
    return new QueryExpressionsPlugin();
  }

  /** What expressions in models see: {@code ${streams.lookup('stock', sku)}}. */
  @Bean(Streams.BEAN)
  @ConditionalOnMissingBean(name = Streams.BEAN)
  Streams streams(MillracePlugin plugin) {
    return plugin.streams();
  }

  /** What programs ask; there once the engine is built. */
  @Bean
  @ConditionalOnMissingBean
  Millrace millrace(ProcessEngine engine) {
    return Millrace.of(engine).orElseThrow();
  }

  /** Only where there is something to guard. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static class Web {
    @Bean
    ServletRegistrationBean<HookServlet> millraceHooks(
        MillraceProperties properties, ObjectProvider<Millrace> millrace) {
      ServletRegistrationBean<HookServlet> servlet =
          new ServletRegistrationBean<>(new HookServlet(millrace::getObject), HookServlet.MAPPING);
      servlet.setEnabled(!properties.hooks().isEmpty());
      return servlet;
    }

    @Bean
    FilterRegistrationBean<SetupGuard> millraceSetupGuard() {
      FilterRegistrationBean<SetupGuard> guard = new FilterRegistrationBean<>(new SetupGuard());
      guard.addUrlPatterns("/*");
      guard.setOrder(Ordered.HIGHEST_PRECEDENCE);
      return guard;
    }
  }
}
