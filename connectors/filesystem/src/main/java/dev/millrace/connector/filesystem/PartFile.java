// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.RecordWriter;
import dev.millrace.spi.row.RowBatch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Single-threaded. Files {@code part-<uuid>-0.csv} and on, each hidden as {@code
 * .part-<uuid>-0.csv.inprogress} until its bytes are on disk; without rows there is none.
 *
 * <p>A file ends with the rows, at {@link #finish}; one of a transactional run also before each of
 * its commits, for what is committed is not read again.
 */
final class PartFile implements RowSink {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final EncodingFormat format;
  private final String extension;
  private final boolean endsAtFlush;
  private final String prefix = "part-" + UUID.randomUUID() + "-";
  private int fileCount;
  private RecordWriter writer;

  /**
   * @param endsAtFlush whether the run commits positions behind what it flushes
   */
  PartFile(Path folder, EncodingFormat format, String extension, boolean endsAtFlush) {
    this.folder = folder;
    this.format = format;
    this.extension = extension;
    this.endsAtFlush = endsAtFlush;
  }

  private String name() {
    return prefix + fileCount + "." + extension;
  }

  private Path hidden() {
    return folder.resolve("." + name() + ".inprogress");
  }

  @Override
  public void write(RowBatch batch) throws IOException {
    if (writer == null && !batch.isEmpty()) {
      writer =
          format.open(
              new BufferedOutputStream(
                  Files.newOutputStream(hidden(), StandardOpenOption.CREATE_NEW), BUFFER_BYTES));
    }
    for (int row = 0; row < batch.size(); row++) {
      writer.write(batch, row);
    }
  }

  @Override
  public void flush() throws IOException {
    if (endsAtFlush) {
      finish();
    }
  }

  @Override
  public void finish() throws IOException {
    if (writer == null) {
      return;
    }
    writer.close();
    force(hidden(), StandardOpenOption.WRITE);
    Files.move(hidden(), folder.resolve(name()), StandardCopyOption.ATOMIC_MOVE);
    force(folder, StandardOpenOption.READ);
    writer = null;
    fileCount++;
  }

  /** To disk; of a folder, its entries. */
  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      RecordWriter abandoned = writer;
      writer = null;
      try {
        abandoned.close();
      } finally {
        Files.deleteIfExists(hidden());
      }
    }
  }
}
