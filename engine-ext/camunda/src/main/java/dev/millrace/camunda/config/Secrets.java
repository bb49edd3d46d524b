// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code secret:<name>} stands for where settings have it: a value that was configured apart,
 * or else the content of the file of that name in a directory, as Docker and Kubernetes mount them.
 * Files are read again each time, so that a secret can be changed while we run. Thread-safe.
 */
public final class Secrets {
  private static final String REFERENCE = "secret:";
  private static final int MAX_BYTES = 1 << 16;

  /** The name of a file that is neither hidden nor elsewhere. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,252}");

  private final Map<String, String> configured;
  private final Optional<Path> directory;

  /**
   * @param configured values by name; they come before files
   */
  public Secrets(Map<String, String> configured, Optional<Path> directory) {
    this.configured = Map.copyOf(configured);
    this.directory = directory;
  }

  /** Knows no secret. */
  public static Secrets none() {
    return new Secrets(Map.of(), Optional.empty());
  }

  /** Whether a setting names a secret. */
  public static boolean isReference(String value) {
    return value != null && value.startsWith(REFERENCE);
  }

  /**
   * Settings with what they name in place of the names.
   *
   * @param place where they are configured, for messages: {@code millrace.kafka.main}
   * @throws dev.millrace.spi.error.MillraceException category CONNECTOR, if one is not there
   */
  public Map<String, String> reveal(String place, Map<String, String> settings) {
    Map<String, String> told = new LinkedHashMap<>();
    settings.forEach((key, value) -> told.put(key, reveal(place + "." + key, value)));
    return told;
  }

  /** One setting; as it is, if it names none. */
  public String reveal(String place, String value) {
    if (!isReference(value)) {
      return value;
    }
    String name = value.substring(REFERENCE.length());
    if (!NAME.matcher(name).matches()) {
      throw ConfigErrors.badSecretName(place);
    }
    String known = configured.get(name);
    return known != null ? known : ofFile(place, name);
  }

  private String ofFile(String place, String name) {
    List<String> looked = new ArrayList<>(List.of("millrace.secrets." + name));
    if (directory.isPresent()) {
      Path file = directory.get().resolve(name);
      looked.add("file " + file);
      if (Files.isRegularFile(file)) {
        return content(place, name, file);
      }
    }
    throw ConfigErrors.noSecret(place, name, looked);
  }

  private String content(String place, String name, Path file) {
    try {
      if (!file.toRealPath().startsWith(directory.orElseThrow().toRealPath())) {
        throw ConfigErrors.badSecret(place, name, file, "is a link out of its folder");
      }
      String text = text(file).replaceFirst("\\R\\z", "");
      if (text.isEmpty()) {
        throw ConfigErrors.badSecret(place, name, file, "is empty");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw ConfigErrors.badSecret(place, name, file, "is not UTF-8");
    } catch (IOException e) {
      throw ConfigErrors.badSecret(
          place, name, file, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  /** Without any. */
  @Override
  public String toString() {
    return "Secrets[" + configured.keySet() + ", " + directory.map(Path::toString).orElse("") + "]";
  }
}
