// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

/** Whether a source ends by itself. */
public enum Boundedness {
  BOUNDED,
  UNBOUNDED
}
