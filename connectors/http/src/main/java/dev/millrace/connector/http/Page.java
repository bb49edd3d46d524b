// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Answer;
import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.io.IOException;

/**
 * The rows of one answer, counted as they are handed on. Single-threaded.
 *
 * <p>An answer that was read in part before, by this process or one that died, is gone on with
 * behind the rows that were handed on, if it still starts with the same rows; if not, all of it is
 * new.
 */
final class Page implements AutoCloseable {
  private static final int SKIPPED_AT_ONCE = 256;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final Answer answer;
  private RecordReader reader;
  private long rows;
  private long bad;
  private long digest;

  private Page(Answer answer) {
    this.answer = answer;
  }

  static Page open(
      Body body, Answer answer, String request, BadRecords badRecords, PollPosition from)
      throws IOException {
    Page page = new Page(answer);
    page.reader = body.open(answer, request, page.counted(badRecords, from.bad()));
    if (from.rows() > 0 && !page.skip(body.schema(), from)) {
      page.close();
      page.rows = 0;
      page.bad = 0;
      page.digest = 0;
      page.reader = body.open(answer, request, page.counted(badRecords, 0));
    }
    return page;
  }

  /** Dead letters but the first ones, which were told already. */
  private BadRecords counted(BadRecords to, long told) {
    return new BadRecords() {
      @Override
      public void deadLetter(String record, String position, Exception cause) {
        bad++;
        if (bad > told) {
          to.deadLetter(record, position, cause);
        }
      }

      @Override
      public void deadLetter(byte[] record, String position, Exception cause) {
        bad++;
        if (bad > told) {
          to.deadLetter(record, position, cause);
        }
      }
    };
  }

  private boolean skip(RowType schema, PollPosition from) throws IOException {
    boolean more = true;
    while (more && rows < from.rows()) {
      more = read(new RowBatch(schema, (int) Math.min(from.rows() - rows, SKIPPED_AT_ONCE)));
    }
    return rows == from.rows() && digest == from.digest();
  }

  /** Appends rows until the batch is full; false at the end. */
  boolean read(RowBatch batch) throws IOException {
    int first = batch.size();
    boolean more = reader.read(batch);
    for (int row = first; row < batch.size(); row++) {
      rows++;
      digest = (digest ^ batch.rowToString(row).hashCode()) * MULTIPLIER;
    }
    return more;
  }

  Answer answer() {
    return answer;
  }

  long rows() {
    return rows;
  }

  long bad() {
    return bad;
  }

  long digest() {
    return digest;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
