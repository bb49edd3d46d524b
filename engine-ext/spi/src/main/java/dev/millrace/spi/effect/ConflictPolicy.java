// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.effect;

/** What happens to a row that is no longer as the run left it. */
public enum ConflictPolicy {
  /** Nothing is changed; an incident lists the rows. */
  FAIL,
  /** The row is left as it is. */
  SKIP,
  /** The before-image is put back all the same. */
  FORCE
}
