// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.zip.GZIPInputStream;

/** Single-threaded. The rows of some files, one file after the other. */
final class FileRows implements RowSource {
  private static final int UNPACK_BYTES = 1 << 16;

  private final Path root;
  private final Iterator<Path> files;
  private final DecodingFormat format;
  private final SourceContext context;
  private RecordReader current;

  FileRows(FileListing listing, DecodingFormat format, SourceContext context) {
    root = listing.root();
    files = listing.files().iterator();
    this.format = format;
    this.context = context;
  }

  @Override
  public Status poll(RowBatch batch) throws IOException {
    while (!batch.isFull()) {
      if (current == null) {
        if (!files.hasNext()) {
          return Status.END;
        }
        current = open(files.next());
      }
      if (!current.read(batch)) {
        close();
      }
    }
    return Status.MORE;
  }

  private RecordReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      boolean packed = file.getFileName().toString().endsWith(".gz");
      return format.open(
          packed ? new GZIPInputStream(in, UNPACK_BYTES) : in,
          root.relativize(file.toAbsolutePath()).toString(),
          context);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      RecordReader closing = current;
      current = null;
      closing.close();
    }
  }
}
