// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Dead letters an operator wants a pipeline with state to process again. Called on the thread that
 * runs, between batches.
 */
@FunctionalInterface
public interface ReplayRequests {
  /**
   * Those at hand, oldest first; asked often: must be quick where there are none. One that does not
   * come back as an outcome of the next commit is to be given again, later.
   *
   * @param closed the tables that take no rows now, if somebody wants to know: letters of theirs
   *     wait
   */
  List<ReplayRequest> next(Supplier<Set<String>> closed) throws Exception;

  /** Nobody wants anything. */
  static ReplayRequests none() {
    return closed -> List.of();
  }
}
