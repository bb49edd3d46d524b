// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.row.ChangelogMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Adds one file per run to a folder, which is made if need be; a pipeline, one per commit.
 *
 * @param extension of the file's name, without the dot
 */
record FileSink(String table, Path folder, EncodingFormat format, String extension)
    implements TableSink {
  @Override
  public ChangelogMode accepts() {
    return format.changelogMode();
  }

  @Override
  public EffectClass effectClass() {
    return EffectClass.FINAL;
  }

  @Override
  public RowSink open(SinkContext context) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw FilesystemErrors.notAFolder(table, folder);
    }
    Files.createDirectories(folder);
    return new PartFile(folder, format, extension, context.transactional());
  }
}
