// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import dev.millrace.spi.connector.AddressedSource;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.ProjectableSource;
import dev.millrace.spi.connector.RecordSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.ProjectableDecodingFormat;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.type.RowType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what lies at a path when a run opens it.
 *
 * @param declared the path as the table's options say it
 */
record FileSource(String table, RowType schema, String declared, Path path, DecodingFormat format)
    implements ProjectableSource, RecordSource, AddressedSource {
  @Override
  public Map<String, String> address() {
    return Map.of(
        "connector", FilesystemFactory.IDENTIFIER, FilesystemFactory.PATH.key(), declared);
  }

  @Override
  public Boundedness boundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public ChangelogMode changelogMode() {
    return format.changelogMode();
  }

  @Override
  public boolean blocks() {
    return true;
  }

  @Override
  public Optional<TableSource> project(int[] columns) {
    return format instanceof ProjectableDecodingFormat projectable
        ? Optional.of(
            new FileSource(
                table, schema.select(columns), declared, path, projectable.project(columns)))
        : Optional.empty();
  }

  @Override
  public RowSource open(SourceContext context) throws IOException {
    return new FileRows(this, FileListing.of(table, path), context);
  }

  @Override
  public RowSource replay(List<byte[]> records, SourceContext context) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] each : records) {
      file.writeBytes(each);
      file.write('\n');
    }
    return new ReplayedRecords(
        format.open(new ByteArrayInputStream(file.toByteArray()), table + " replayed", context));
  }
}
