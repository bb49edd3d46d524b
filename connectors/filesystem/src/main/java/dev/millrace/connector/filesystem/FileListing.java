// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/**
 * The files a source reads, in order.
 *
 * @param root what their names in messages are relative to
 */
record FileListing(Path root, List<Path> files) {
  /**
   * The file itself, or all visible files of the folder and its folders, by path.
   *
   * @throws dev.millrace.spi.error.MillraceException category CONNECTOR, if there is nothing at the
   *     path, or a link below it leads elsewhere
   */
  static FileListing of(String table, Path path) throws IOException {
    if (!Files.exists(path)) {
      throw FilesystemErrors.missing(table, path);
    }
    Path real = path.toRealPath();
    if (!Files.isDirectory(real)) {
      return new FileListing(path.toAbsolutePath().getParent(), List.of(path));
    }
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        real,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new Collector(table, real, files));
    Collections.sort(files);
    return new FileListing(real, List.copyOf(files));
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final String table;
    private final Path root;
    private final List<Path> files;

    Collector(String table, Path root, List<Path> files) {
      this.table = table;
      this.root = root;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!folder.equals(root) && isHidden(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      checkBelowRoot(folder);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!isHidden(file)) {
        checkBelowRoot(file);
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    private void checkBelowRoot(Path path) throws IOException {
      Path target = path.toRealPath();
      if (!target.startsWith(root)) {
        throw FilesystemErrors.linkLeavesFolder(table, path, target);
      }
    }

    private static boolean isHidden(Path path) {
      String name = path.getFileName().toString();
      return name.startsWith(".") || name.startsWith("_");
    }
  }
}
