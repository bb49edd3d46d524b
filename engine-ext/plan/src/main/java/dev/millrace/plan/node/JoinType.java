// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan.node;

/** Which rows without a partner appear. */
public enum JoinType {
  INNER,
  LEFT
}
