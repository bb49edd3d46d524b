// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.config;

import dev.millrace.spi.connector.FileRoots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Paths {@code <root>/<relative>} below configured folders. Neither {@code ..} nor a symbolic link
 * leads out of them. Immutable.
 */
public final class ConfiguredRoots implements FileRoots {
  private final Map<String, Path> roots = new TreeMap<>();

  public ConfiguredRoots(Map<String, Path> byName) {
    byName.forEach((name, path) -> roots.put(name, path.toAbsolutePath().normalize()));
  }

  @Override
  public Path resolve(String path) {
    int slash = path.indexOf('/');
    String name = slash < 0 ? path : path.substring(0, slash);
    Path root = roots.get(name);
    if (root == null) {
      throw ConfigErrors.pathOutside(path, roots.keySet());
    }
    try {
      Path resolved = root.resolve(slash < 0 ? "" : path.substring(slash + 1)).normalize();
      if (!resolved.startsWith(root) || !real(resolved).startsWith(real(root))) {
        throw ConfigErrors.pathOutside(path, roots.keySet());
      }
      return resolved;
    } catch (InvalidPathException e) {
      throw ConfigErrors.pathOutside(path, roots.keySet());
    }
  }

  /** Without symbolic links, as far as the path exists. */
  private static Path real(Path path) {
    try {
      if (Files.exists(path)) {
        return path.toRealPath();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path parent = path.getParent();
    return parent == null ? path : real(parent).resolve(path.getFileName());
  }
}
