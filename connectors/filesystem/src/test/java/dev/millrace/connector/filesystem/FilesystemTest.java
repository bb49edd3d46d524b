// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.connector.FileRoots;
import dev.millrace.spi.connector.ProjectableSource;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemTest {
  private static final RowType SCHEMA = RowType.of(new Column("a", DataType.INT));

  @TempDir Path folder;

  private final List<String> deadLetters = new ArrayList<>();

  @Test
  void folderIsReadInOrderWithoutHiddenFiles() throws Exception {
    file("b.csv", "3\n");
    file("a/z.csv", "1\n2\n");
    file("c.csv", "");
    file(".hidden.csv", "9\n");
    file("_SUCCESS", "9\n");
    file("_temporary/x.csv", "9\n");
    assertThat(read(folder)).containsExactly("+I[1]", "+I[2]", "+I[3]");
  }

  @Test
  void batchIsFilledAcrossFiles() throws Exception {
    for (int i = 0; i < 5; i++) {
      file(i + ".csv", i + "\n");
    }
    RowBatch batch = new RowBatch(SCHEMA, 3);
    try (RowSource source = table(folder).source().open(context())) {
      assertThat(source.poll(batch)).isEqualTo(RowSource.Status.MORE);
      assertThat(batch.size()).isEqualTo(3);
      batch.clear();
      assertThat(source.poll(batch)).isEqualTo(RowSource.Status.END);
      assertThat(batch.size()).isEqualTo(2);
    }
  }

  @Test
  void rowsAreCountedWithoutConvertingThem() throws Exception {
    file("a.csv", "1\ntwo\n");
    TableSource counted =
        ((ProjectableSource) table(folder).source()).project(new int[0]).orElseThrow();
    RowBatch batch = new RowBatch(SCHEMA.select());
    try (RowSource source = counted.open(context())) {
      source.poll(batch);
    }
    assertThat(batch.size()).isEqualTo(2);
    assertThat(deadLetters).isEmpty();
  }

  @Test
  void everyPositionGoesOnBehindWhatWasReadAndToldOf() throws Exception {
    file("a.csv", "1\nx\n2\n3\ny\n");
    file("b.csv", "z\n");
    file("c.csv", "4\n5\n");
    List<String> all = read(folder);
    List<String> allLetters = List.copyOf(deadLetters);
    for (int polls = 0; polls <= 4; polls++) {
      deadLetters.clear();
      List<String> rows = new ArrayList<>();
      String position = "";
      for (int life = 0; life < 2; life++) {
        RowBatch batch = new RowBatch(SCHEMA, 1);
        try (RewindableSource source = (RewindableSource) table(folder).source().open(context())) {
          source.seek(position);
          RowSource.Status status = RowSource.Status.MORE;
          for (int poll = 0;
              status != RowSource.Status.END && (life == 1 || poll < polls);
              poll++) {
            batch.clear();
            status = source.poll(batch);
            for (int row = 0; row < batch.size(); row++) {
              rows.add(batch.rowToString(row));
            }
          }
          position = source.position();
        }
      }
      assertThat(rows).as("after %d polls", polls).isEqualTo(all);
      assertThat(deadLetters).as("after %d polls", polls).isEqualTo(allLetters);
    }
  }

  @Test
  void positionOfAFileThatIsGoneOrHasShrunkIsAnError() throws Exception {
    file("a.csv", "1\n2\n");
    try (RewindableSource source = (RewindableSource) table(folder).source().open(context())) {
      assertThatThrownBy(() -> source.seek("1:b.csv")).hasMessageContaining("b.csv");
      assertThatThrownBy(() -> source.seek("3:a.csv")).hasMessageContaining("shorter");
    }
  }

  @Test
  void packedFileIsUnpacked() throws Exception {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
      out.write("7\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(folder.resolve("a.csv.gz"))).containsExactly("+I[7]");
  }

  @Test
  void badRowIsReportedWithFileAndLine() throws Exception {
    file("x/orders.csv", "1\ntwo\n3\n");
    assertThat(read(folder)).containsExactly("+I[1]", "+I[3]");
    assertThat(deadLetters).singleElement().asString().startsWith("x/orders.csv:2 two ");
  }

  @Test
  void missingFileIsAnErrorThatNamesThePath() {
    Path missing = folder.resolve("nothing.csv");
    assertThatThrownBy(() -> read(missing))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONNECTOR))
        .hasMessageContaining(missing.toString());
  }

  @Test
  void linkOutOfTheFolderIsRefused() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Path secret = file("secret.csv", "1\n");
    Files.createSymbolicLink(inside.resolve("x.csv"), secret);
    assertThatThrownBy(() -> read(inside))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("leads out of its folder");
  }

  @Test
  void writtenFileAppearsWhenFinishedOnly() throws Exception {
    Path out = folder.resolve("new/out");
    try (RowSink sink = table(out).sink().open(context(false))) {
      sink.write(batch(1, 2));
      sink.flush();
      assertThat(read(out)).isEmpty();
      sink.finish();
    }
    assertThat(read(out)).containsExactly("+I[1]", "+I[2]");
    assertThat(names(out)).singleElement().asString().matches("part-[0-9a-f-]{36}-0\\.csv");
  }

  @Test
  void rowsBeforeACommitAreVisibleFromThenOn() throws Exception {
    try (RowSink sink = table(folder).sink().open(context(true))) {
      sink.write(batch(1));
      sink.flush();
      assertThat(read(folder)).containsExactly("+I[1]");
      sink.flush();
      sink.write(batch(2));
      sink.flush();
      sink.write(batch(3));
    }
    assertThat(read(folder)).containsExactly("+I[1]", "+I[2]");
    assertThat(names(folder)).hasSize(2).allMatch(name -> name.endsWith(".csv"));
  }

  @Test
  void failedRunLeavesNothing() throws Exception {
    try (RowSink sink = table(folder).sink().open(context(false))) {
      sink.write(batch(1, 2));
      assertThat(names(folder)).hasSize(1);
    }
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void eachRunAddsAFile() throws Exception {
    for (int run = 1; run <= 2; run++) {
      try (RowSink sink = table(folder).sink().open(context(false))) {
        sink.write(batch(run));
        sink.finish();
      }
    }
    assertThat(read(folder)).containsExactlyInAnyOrder("+I[1]", "+I[2]");
  }

  @Test
  void fileIsNoFolderToWriteInto() throws IOException {
    Path file = file("a.csv", "1\n");
    assertThatThrownBy(() -> table(file).sink().open(context(false)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void hostWithoutFoldersRefusesTheTable() {
    TableOfFiles table = new TableOfFiles(SCHEMA, Map.of("path", "x"), Services.none());
    assertThatThrownBy(table::source)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("no folders are configured");
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static RowBatch batch(int... values) {
    RowBatch batch = new RowBatch(SCHEMA);
    for (int value : values) {
      batch.setInt(batch.add(ChangeKind.INSERT), 0, value);
    }
    return batch;
  }

  private List<String> read(Path path) throws Exception {
    List<String> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(SCHEMA, 2);
    try (RowSource source = table(path).source().open(context())) {
      RowSource.Status status = RowSource.Status.MORE;
      while (status != RowSource.Status.END) {
        batch.clear();
        status = source.poll(batch);
        for (int row = 0; row < batch.size(); row++) {
          rows.add(batch.rowToString(row));
        }
      }
    }
    return rows;
  }

  private static SinkContext context(boolean transactional) {
    return new SinkContext() {
      @Override
      public Services services() {
        return Services.none();
      }

      @Override
      public boolean transactional() {
        return transactional;
      }

      @Override
      public long maxStagedRows() {
        return Long.MAX_VALUE;
      }

      @Override
      public void deadLetter(RowBatch batch, int row, Exception cause) {
        throw new AssertionError(cause);
      }
    };
  }

  private SourceContext context() {
    return new SourceContext() {
      @Override
      public Services services() {
        return Services.none();
      }

      @Override
      public void deadLetter(String record, String position, Exception cause) {
        deadLetters.add(position + " " + record + " " + cause.getMessage());
      }
    };
  }

  private static TableOfFiles table(Path path) {
    return new TableOfFiles(
        SCHEMA,
        Map.of("path", path.toString(), "format", "csv"),
        Services.none().with(FileRoots.class, Path::of));
  }
}
