// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import java.util.List;

/**
 * Dead letters an operator wants a pipeline with state to process again. Called on the thread that
 * runs, between batches.
 */
@FunctionalInterface
public interface ReplayRequests {
  /**
   * Those at hand, oldest first; asked often: must be quick where there are none. One that does not
   * come back as an outcome of the next commit is to be given again, later.
   */
  List<ReplayRequest> next() throws Exception;

  /** Nobody wants anything. */
  static ReplayRequests none() {
    return List::of;
  }
}
