// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

/** A table that reads a channel: nothing is removed that its pipeline has not passed. */
public interface ReadsChannel {
  /** The channel, of the tenant of the deployment. */
  String channelName();
}
