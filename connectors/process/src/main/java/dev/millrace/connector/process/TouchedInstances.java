// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

/**
 * A service of the host, if it keeps lineage: told of each process instance that a commit starts or
 * advances, in its transaction. Told anew when the commit is applied again.
 */
public interface TouchedInstances {
  /** Nobody wants to know. */
  TouchedInstances IGNORED =
      new TouchedInstances() {
        @Override
        public void started(String processInstanceId) {}

        @Override
        public void advanced(String processInstanceId) {}
      };

  void started(String processInstanceId);

  void advanced(String processInstanceId);
}
