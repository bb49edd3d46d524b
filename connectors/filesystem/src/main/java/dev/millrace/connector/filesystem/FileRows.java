// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Single-threaded. The rows of some files, one file after the other.
 *
 * <p>A position is {@code <records>:<file>}: how many rows and bad records of that file were read;
 * all files before it were read to their ends. Going on from it reads the file from its beginning
 * and leaves out so many.
 */
final class FileRows implements RewindableSource {
  private static final int UNPACK_BYTES = 1 << 16;

  private final String table;
  private final RowType schema;
  private final Path root;
  private final List<Path> files;
  private final DecodingFormat format;
  private final Records records;

  /** The file that is or was read last; -1 before the first. */
  private int index = -1;

  private long rows;
  private RecordReader current;

  /** A row behind the position, found while skipping; null without one. */
  private RowBatch ahead;

  FileRows(FileSource source, FileListing listing, SourceContext context) {
    table = source.table();
    schema = source.schema();
    format = source.format();
    root = listing.root();
    files = listing.files();
    records = new Records(context);
  }

  @Override
  public Status poll(RowBatch batch) throws IOException {
    if (ahead != null && !batch.isFull()) {
      batch.addRange(ahead, 0, 1);
      ahead = null;
    }
    while (!batch.isFull()) {
      if (current == null) {
        if (index + 1 == files.size()) {
          return Status.END;
        }
        openNext(0);
      }
      int before = batch.size();
      boolean more = current.read(batch);
      rows += batch.size() - before;
      if (!more) {
        close();
      }
    }
    return Status.MORE;
  }

  /**
   * @param known rows and records at its beginning that are done already
   */
  private void openNext(long known) throws IOException {
    index++;
    rows = 0;
    records.begin(known);
    current = open(files.get(index));
  }

  private RecordReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      boolean packed = file.getFileName().toString().endsWith(".gz");
      return format.open(packed ? new GZIPInputStream(in, UNPACK_BYTES) : in, name(file), records);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private String name(Path file) {
    return root.relativize(file.toAbsolutePath()).toString();
  }

  @Override
  public String position() {
    if (index < 0) {
      return "";
    }
    long read = rows + records.bad - (ahead == null ? 0 : 1);
    return read + ":" + name(files.get(index));
  }

  @Override
  public void seek(String position) throws IOException {
    if (position.isEmpty()) {
      return;
    }
    int colon = position.indexOf(':');
    String file = position.substring(colon + 1);
    long known = Long.parseLong(position.substring(0, colon));
    index = indexOf(file) - 1;
    openNext(known);
    RowBatch row = new RowBatch(schema, 1);
    while (rows + records.bad < known) {
      row.clear();
      current.read(row);
      if (row.isEmpty() && rows + records.bad < known) {
        throw FilesystemErrors.shorterThanRead(table, file);
      }
      rows += row.size();
      if (rows + records.bad > known && !row.isEmpty()) {
        ahead = row;
      }
    }
  }

  private int indexOf(String name) {
    for (int i = 0; i < files.size(); i++) {
      if (name(files.get(i)).equals(name)) {
        return i;
      }
    }
    throw FilesystemErrors.gone(table, name);
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      RecordReader closing = current;
      current = null;
      closing.close();
    }
  }

  /** Counts the bad records of a file, and passes on those that are not known. */
  private final class Records implements BadRecords {
    private final SourceContext context;
    private long known;
    private long bad;

    Records(SourceContext context) {
      this.context = context;
    }

    void begin(long knownRecords) {
      known = knownRecords;
      bad = 0;
    }

    private boolean isKnown() {
      bad++;
      return rows + bad <= known;
    }

    @Override
    public void deadLetter(String record, String position, Exception cause) {
      if (!isKnown()) {
        context.deadLetter(record, position, cause);
      }
    }

    @Override
    public void deadLetter(byte[] record, String position, Exception cause) {
      if (!isKnown()) {
        context.deadLetter(record, position, cause);
      }
    }
  }
}
