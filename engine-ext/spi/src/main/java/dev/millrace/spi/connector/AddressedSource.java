// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.Map;

/**
 * A table that can tell what it reads: positions of its {@link RewindableSource} mean something for
 * another table only if that reads the same.
 */
public interface AddressedSource extends TableSource {
  /**
   * What is read: the connector's name as {@code connector}, and its options that say where and
   * what, by key. How it is read (its format, its pace, where it begins) is not part of it. Holds
   * no secrets: it is stored, and shown where it has changed.
   */
  Map<String, String> address();
}
