// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

/** A way to run the queries over events in memory. */
interface Contender {
  String name();

  Checksum.Outcome run(Query query) throws Exception;
}
