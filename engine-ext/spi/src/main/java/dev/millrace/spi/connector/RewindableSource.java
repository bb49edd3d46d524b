// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

/** A source whose rows can be read again from a position. Called between polls, same thread. */
public interface RewindableSource extends RowSource {
  /** Where the next poll goes on; opaque to all but the source. */
  String position();

  /** Goes on from a position this kind of source gave before; called before the first poll. */
  void seek(String position) throws Exception;
}
