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
 * Single-threaded. A file {@code part-<uuid>-0.csv}, hidden as {@code
 * .part-<uuid>-0.csv.inprogress} until {@link #finish} has put its bytes on disk; without rows
 * there is none.
 */
final class PartFile implements RowSink {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final EncodingFormat format;
  private final String name;
  private final Path hidden;
  private RecordWriter writer;

  PartFile(Path folder, EncodingFormat format, String extension) {
    this.folder = folder;
    this.format = format;
    name = "part-" + UUID.randomUUID() + "-0." + extension;
    hidden = folder.resolve("." + name + ".inprogress");
  }

  @Override
  public void write(RowBatch batch) throws IOException {
    if (writer == null && !batch.isEmpty()) {
      writer =
          format.open(
              new BufferedOutputStream(
                  Files.newOutputStream(hidden, StandardOpenOption.CREATE_NEW), BUFFER_BYTES));
    }
    for (int row = 0; row < batch.size(); row++) {
      writer.write(batch, row);
    }
  }

  @Override
  public void finish() throws IOException {
    if (writer == null) {
      return;
    }
    writer.close();
    force(hidden, StandardOpenOption.WRITE);
    Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    force(folder, StandardOpenOption.READ);
    writer = null;
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
        Files.deleteIfExists(hidden);
      }
    }
  }
}
