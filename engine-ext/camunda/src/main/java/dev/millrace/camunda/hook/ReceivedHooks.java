// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.hook;

import dev.millrace.camunda.config.Secrets;
import dev.millrace.spi.connector.Hooks;
import dev.millrace.store.HookBodies;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configured hooks of an engine. Thread-safe. */
public final class ReceivedHooks implements Hooks {
  private static final Logger LOG = LoggerFactory.getLogger(ReceivedHooks.class);

  private final Map<String, HookSettings> byName;
  private final HookBodies bodies;
  private final Map<String, Long> newest = new ConcurrentHashMap<>();

  private ReceivedHooks(Map<String, HookSettings> byName, HookBodies bodies) {
    this.byName = Map.copyOf(byName);
    this.bodies = bodies;
  }

  /**
   * @param settings by name and key
   * @throws dev.millrace.spi.error.MillraceException if one is not right
   */
  public static ReceivedHooks of(
      Map<String, Map<String, String>> settings, Secrets secrets, HookBodies bodies) {
    Map<String, HookSettings> byName = new TreeMap<>();
    settings.forEach((name, each) -> byName.put(name, HookSettings.of(name, each, secrets)));
    return new ReceivedHooks(byName, bodies);
  }

  /** Makes them known to the database. */
  public void open() throws SQLException {
    for (String hook : byName.keySet()) {
      bodies.open(hook);
    }
  }

  /** Null if there is no such hook. */
  HookSettings settings(String hook) {
    return byName.get(hook);
  }

  /**
   * Stores a body, durable on return.
   *
   * @param hook one of {@link #names}
   */
  HookBodies.Receipt receive(String hook, HookBodies.Posted posted) throws SQLException {
    HookBodies.Receipt receipt = bodies.receive(hook, posted, byName.get(hook).maxUnread());
    if (receipt instanceof HookBodies.Receipt.Stored stored) {
      newest.merge(hook, stored.sequence(), Math::max);
    }
    return receipt;
  }

  @Override
  public Set<String> names() {
    return byName.keySet();
  }

  @Override
  public boolean mayRead(String hook, Optional<String> tenant) {
    return byName.containsKey(hook) && byName.get(hook).isReadBy(tenant);
  }

  @Override
  public List<Body> read(String hook, long after, int max) throws SQLException {
    return bodies.read(hook, after, max);
  }

  @Override
  public Kept kept(String hook) throws SQLException {
    return bodies.kept(hook);
  }

  @Override
  public long newest(String hook) {
    return newest.getOrDefault(hook, 0L);
  }

  /** Removes what all have read long enough ago; what fails is tried at the next sweep. */
  public void sweep() {
    byName.forEach(
        (hook, settings) -> {
          try {
            bodies.remove(hook, settings.keep());
          } catch (SQLException e) {
            LOG.warn("bodies of hook {} were not removed: {}", hook, e.toString());
          }
        });
  }
}
