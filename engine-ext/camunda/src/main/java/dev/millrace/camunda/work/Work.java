// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import dev.millrace.store.Claim;
import java.util.List;

/** A piece of claimed work. */
public interface Work {
  /** What this node holds for it. */
  List<Claim> claims();

  /** For the thread's name. */
  String name();

  /**
   * Does it, on a worker's thread, and records how it ended.
   *
   * @param interruption tells whether to stop
   * @throws InterruptedException if a claim was lost or the node stops: nothing has been recorded
   */
  void perform(Interruption interruption) throws InterruptedException;
}
