// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.List;

/**
 * A {@link TableSource} of records that are bytes, as it hands them to {@link
 * SourceContext#deadLetter(byte[], String, Exception)}: it can read such a record again, by itself.
 */
public interface RecordSource extends TableSource {
  /** Reads these records and nothing else. Called as {@link #open}, in its stead. */
  RowSource replay(List<byte[]> records, SourceContext context) throws Exception;
}
