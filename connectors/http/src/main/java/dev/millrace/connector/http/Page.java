// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.io.IOException;

/**
 * The rows of one body, counted as they are handed on. Single-threaded.
 *
 * <p>One that was read in part before, by this process or one that died, is gone on with behind the
 * rows that were handed on, if it still starts with the same rows; if not, all of it is new.
 */
final class Page implements AutoCloseable {
  private static final int SKIPPED_AT_ONCE = 256;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /**
   * Where the rows are.
   *
   * @param mediaType as their sender says; empty if it does not
   * @param name for messages
   */
  @SuppressWarnings("ArrayRecordComponent") // not compared
  record Content(byte[] bytes, String mediaType, String name) {}

  /**
   * How far a body was read.
   *
   * @param rows that were handed on
   * @param bad records that were dead letters
   * @param digest over these rows
   */
  record Progress(long rows, long bad, long digest) {
    static final Progress NONE = new Progress(0, 0, 0);
  }

  private RecordReader reader;
  private long rows;
  private long bad;
  private long digest;
  private long told;
  private long toldRows;
  private long badBehindRow;
  private long rowOfBad;
  private RowBatch filling;
  private int filledBefore;

  private Page() {}

  static Page open(Body body, Content content, BadRecords badRecords, Progress from)
      throws IOException {
    if (from.rows() > 0) {
      Page page = new Page();
      page.told = Long.MAX_VALUE;
      page.toldRows = from.rows();
      page.reader = page.open(body, content, badRecords);
      if (page.skip(body.schema(), from)) {
        page.told = from.bad();
        return page;
      }
      page.close();
    }
    Page page = new Page();
    page.told = from.rows() > 0 ? 0 : from.bad();
    page.reader = page.open(body, content, badRecords);
    return page;
  }

  private RecordReader open(Body body, Content content, BadRecords badRecords) throws IOException {
    return body.open(content.bytes(), content.mediaType(), content.name(), counted(badRecords));
  }

  /** Dead letters but the first ones, which were told already. */
  private BadRecords counted(BadRecords to) {
    return new BadRecords() {
      @Override
      public void deadLetter(String record, String position, Exception cause) {
        if (isNew()) {
          to.deadLetter(record, position, cause);
        }
      }

      @Override
      public void deadLetter(byte[] record, String position, Exception cause) {
        if (isNew()) {
          to.deadLetter(record, position, cause);
        }
      }
    };
  }

  /** Counts a bad record. */
  private boolean isNew() {
    long row = rows + filling.size() - filledBefore;
    badBehindRow = row == rowOfBad ? badBehindRow + 1 : 1;
    rowOfBad = row;
    bad++;
    return bad > told || row > toldRows;
  }

  private boolean skip(RowType schema, Progress from) throws IOException {
    boolean more = true;
    while (more && rows < from.rows()) {
      more = read(new RowBatch(schema, (int) Math.min(from.rows() - rows, SKIPPED_AT_ONCE)));
    }
    return rows == from.rows() && digest == from.digest();
  }

  /** Appends rows until the batch is full; false at the end. */
  boolean read(RowBatch batch) throws IOException {
    int first = batch.size();
    filling = batch;
    filledBefore = first;
    boolean more = reader.read(batch);
    for (int row = first; row < batch.size(); row++) {
      rows++;
      digest = (digest ^ batch.rowToString(row).hashCode()) * MULTIPLIER;
    }
    return more;
  }

  Progress progress() {
    return new Progress(rows, bad, digest);
  }

  /** The start of a body that begins behind the last row of this one, with the same bad records. */
  Progress tail() {
    return new Progress(0, rowOfBad == rows ? badBehindRow : 0, 0);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
