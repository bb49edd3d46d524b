// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.state;

/** Something that knows about how much memory it takes. */
public interface Weighed {
  /** About how many bytes; cheap. */
  long heapBytes();
}
