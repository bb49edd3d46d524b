// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

/** A way to run the queries over events in memory. */
interface Contender {
  String name();

  /**
   * @param passes how often it goes over the events, each time later in event time
   */
  Checksum.Outcome run(Query query, int passes) throws Exception;
}
