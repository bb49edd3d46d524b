// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.type;

/** A named column of a row. */
public record Column(String name, DataType type) {
  @Override
  public String toString() {
    return name + " " + type;
  }
}
