// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.time.Duration;

/**
 * How a channel is read.
 *
 * @param latest begins behind the last event there is, if the reader has no position yet
 * @param bounded ends with the last event there is when it begins
 * @param poll how often it looks for events committed by another node
 */
record Reading(boolean latest, boolean bounded, Duration poll) {
  enum Startup {
    EARLIEST_OFFSET,
    LATEST_OFFSET
  }

  enum Bound {
    UNBOUNDED,
    LATEST_OFFSET
  }

  static final ConfigOption<Startup> STARTUP =
      ConfigOption.oneOf(
              "scan.startup.mode", Startup.class, "Where reading begins without a position.")
          .defaultTo(Startup.EARLIEST_OFFSET);
  static final ConfigOption<Bound> BOUND =
      ConfigOption.oneOf(
              "scan.bounded.mode",
              Bound.class,
              "Whether reading ends with the last event there is when it begins, as it must in a"
                  + " stream task.")
          .defaultTo(Bound.UNBOUNDED);
  static final ConfigOption<Duration> POLL =
      ConfigOption.duration(
              "scan.poll-interval",
              "How often it looks for events that another node has committed; of its own node's"
                  + " events it is told.")
          .defaultTo(Duration.ofSeconds(1));

  static Reading of(Options options) {
    return new Reading(
        options.get(STARTUP) == Startup.LATEST_OFFSET,
        options.get(BOUND) == Bound.LATEST_OFFSET,
        options.get(POLL));
  }
}
