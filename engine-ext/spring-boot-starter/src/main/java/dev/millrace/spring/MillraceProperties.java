// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import dev.millrace.camunda.config.Secrets;
import dev.millrace.store.TenantQuotas;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code millrace.*}.
 *
 * @param node this node's name, unique among the nodes of one database, the same after a restart;
 *     without one each start has a new name
 * @param workers runs computed at once
 * @param maxRunsPerTenant runs of one tenant computed at once in the whole cluster; none is no
 *     limit
 * @param maxMemoryPerTenant that groups, windows and joins of all runs of one tenant may take on a
 *     node; none is no limit
 * @param maxInboxPerTenant messages of one tenant that may wait in the inbox; none is no limit, so
 *     the next ones
 * @param maxDeadLettersPerTenant open ones of all runs and pipelines of a tenant
 * @param maxJournalEffectsPerTenant changes of rows in the journals of all runs of a tenant
 * @param maxStateBytesPerTenant of the snapshots of all pipelines of a tenant, two of each
 * @param limits the most that scripts may SET: {@code max-memory}, {@code max-run-time} and so on
 * @param lease after so long a silent node's work goes to another
 * @param poll how often a node looks for work of which nobody told it
 * @param sweep how often a node forgets runs whose process instance the engine has forgotten
 * @param maxTakeovers how often work is taken over from nodes that died with it, before it is an
 *     incident
 * @param outboxLimit the most records that may wait to be sent to one foreign system
 * @param retry of runs that fail for a passing reason
 * @param inbox bounds of the inbox
 * @param secrets what {@code secret:<name>} in the settings below stands for, by name
 * @param secretsDirectory where each file is a secret, for those not among {@code secrets}
 * @param connections databases scripts may name besides {@code engine}, by name
 * @param files folders scripts may name, by name
 * @param http hosts scripts may name, by name: their settings, as the {@code http} connector reads
 *     them
 * @param kafka clusters scripts may name, by name: their settings, as Kafka's client names them
 * @param registry registries of schemas scripts may name, by name: their settings, as those of
 *     hosts
 * @param hooks webhooks that take what is posted to {@code /millrace/hook/<name>}, by name: their
 *     settings, as {@link dev.millrace.camunda.hook.HookSettings} reads them
 */
@ConfigurationProperties("millrace")
public record MillraceProperties(
    @DefaultValue("") String node,
    @DefaultValue("2") int workers,
    Integer maxRunsPerTenant,
    DataSize maxMemoryPerTenant,
    Long maxInboxPerTenant,
    Long maxDeadLettersPerTenant,
    Long maxJournalEffectsPerTenant,
    DataSize maxStateBytesPerTenant,
    @DefaultValue Map<String, String> limits,
    @DefaultValue("15s") Duration lease,
    @DefaultValue("1s") Duration poll,
    @DefaultValue("5m") Duration sweep,
    @DefaultValue("100") int maxTakeovers,
    @DefaultValue("1000000") long outboxLimit,
    @DefaultValue Retry retry,
    @DefaultValue Inbox inbox,
    @DefaultValue Map<String, String> secrets,
    Path secretsDirectory,
    @DefaultValue Map<String, Connection> connections,
    @DefaultValue Map<String, Path> files,
    @DefaultValue Map<String, Map<String, String>> http,
    @DefaultValue Map<String, Map<String, String>> kafka,
    @DefaultValue Map<String, Map<String, String>> registry,
    @DefaultValue Map<String, Map<String, String>> hooks) {

  TenantQuotas tenantQuotas() {
    return new TenantQuotas(
        orUnlimited(maxInboxPerTenant),
        orUnlimited(maxDeadLettersPerTenant),
        orUnlimited(maxJournalEffectsPerTenant),
        orUnlimited(maxStateBytesPerTenant == null ? null : maxStateBytesPerTenant.toBytes()));
  }

  private static long orUnlimited(Long quota) {
    return quota == null ? TenantQuotas.UNLIMITED : quota;
  }

  /**
   * When a run is tried again.
   *
   * @param attempts in all, before it is an incident
   * @param delay before the second; doubles each time
   */
  public record Retry(@DefaultValue("3") int attempts, @DefaultValue("1s") Duration delay) {}

  /**
   * Messages that wait for a process.
   *
   * @param limit of them
   * @param sweep how often a node looks for those that expired, or of which nobody told it
   * @param keep how long delivered and expired ones can be asked for, in hours
   */
  public record Inbox(
      @DefaultValue("100000") long limit,
      @DefaultValue("5s") Duration sweep,
      @DefaultValue("24h") Duration keep) {}

  /**
   * A database: either its address or the name of a {@code DataSource} bean.
   *
   * @param dataSource the bean's name
   */
  public record Connection(String url, String username, String password, String dataSource) {
    /** Whether something of it is only named. */
    boolean namesSecret() {
      return Secrets.isReference(url)
          || Secrets.isReference(username)
          || Secrets.isReference(password);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return dataSource == null ? "Connection[" + username + "]" : "Connection[" + dataSource + "]";
    }
  }

  /** Without settings, which may be secret. */
  @Override
  public String toString() {
    return "MillraceProperties[" + node + "]";
  }
}
