// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.window;

/** A column a window adds to its rows. */
public enum WindowProperty {
  START,
  END,
  /** A millisecond before the end, as event time. */
  TIME
}
