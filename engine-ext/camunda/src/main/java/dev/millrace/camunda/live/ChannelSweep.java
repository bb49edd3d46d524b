// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.live;

import dev.millrace.spi.connector.Channels;
import dev.millrace.store.StoredChannels;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes old events of channels that all readers have passed. Nodes may sweep at once. */
public record ChannelSweep(StoredChannels channels) implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelSweep.class);

  /** A long backlog is left to the next sweep. */
  private static final int ROUNDS = 100;

  @Override
  public void run() {
    try {
      for (Channels.Name name : channels.list()) {
        for (int round = 0; round < ROUNDS && channels.trim(name) > 0; round++) {
          LOG.debug("events of channel {} were removed", name);
        }
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("old events of channels were not removed: {}", e.toString());
    }
  }
}
