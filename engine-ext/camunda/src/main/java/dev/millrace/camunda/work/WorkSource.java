// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import dev.millrace.store.Claim;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Where a dispatcher finds work. Called by its coordinator only. */
public interface WorkSource {
  /** Takes up to that many pieces of work for this node; never waits for any. */
  List<? extends Work> claim(int max) throws SQLException;

  /** Prolongs leases; returns the claims that still hold. */
  Set<Claim> renew(Collection<Claim> held) throws SQLException;

  /** Gives back all this node holds. */
  void release() throws SQLException;
}
