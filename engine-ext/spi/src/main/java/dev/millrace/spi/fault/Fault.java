// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.fault;

/** What a test does to a thread that reaches a point: end the JVM, throw, or wait. Thread-safe. */
@FunctionalInterface
public interface Fault {
  void at(FaultPoint point);
}
