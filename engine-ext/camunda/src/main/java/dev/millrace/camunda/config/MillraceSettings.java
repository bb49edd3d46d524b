// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.config;

import dev.millrace.camunda.inbox.InboxSettings;
import dev.millrace.camunda.run.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/**
 * How Millrace works in one engine.
 *
 * @param node this node's name, unique among the nodes of one database
 * @param nodeIsStable whether the name outlives a restart: what a node of that name held, it takes
 *     back at once instead of waiting for the leases to end
 * @param workers runs computed at once; what waits holds no thread
 * @param maxRunsPerTenant runs of one tenant computed at once in the whole cluster
 * @param lease after which a silent node's work goes to another
 * @param poll how often a node looks for work of which nobody told it
 * @param sweep how often a node forgets runs whose process instance the engine has forgotten
 * @param retries of runs and rollbacks that fail for a passing reason
 * @param inbox bounds of the inbox
 * @param outboxLimit the most records that may wait for one foreign system
 * @param connections databases scripts may name, besides {@code engine}
 * @param fileRoots folders scripts may name
 * @param surroundings what is taken from the machine
 */
public record MillraceSettings(
    String node,
    boolean nodeIsStable,
    int workers,
    int maxRunsPerTenant,
    Duration lease,
    Duration poll,
    Duration sweep,
    RetryPolicy retries,
    InboxSettings inbox,
    long outboxLimit,
    Map<String, DataSource> connections,
    Map<String, Path> fileRoots,
    Surroundings surroundings) {
  /** A lease that seems to last longer was given by a clock set back since, and does not count. */
  private static final Duration LONGEST_LEASE = Duration.ofMinutes(5);

  public MillraceSettings {
    connections = Map.copyOf(connections);
    fileRoots = Map.copyOf(fileRoots);
    positive("workers", workers);
    positive("maxRunsPerTenant", maxRunsPerTenant);
    positive("lease", lease.toMillis());
    if (lease.compareTo(LONGEST_LEASE) > 0) {
      throw ConfigErrors.badSetting("lease", lease.toSeconds() + " s", "5 minutes at most");
    }
    positive("poll", poll.toMillis());
    positive("sweep", sweep.toMillis());
    positive("attempts", retries.attempts());
    positive("inboxLimit", inbox.limit());
    positive("inboxSweep", inbox.sweep().toMillis());
    positive("outboxLimit", outboxLimit);
    positive("maxTakeovers", retries.takeovers());
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw ConfigErrors.badSetting(name, Long.toString(value), "1 or more");
    }
  }
}
