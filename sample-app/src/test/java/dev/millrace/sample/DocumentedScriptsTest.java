// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.spi.connector.Connections;
import dev.millrace.spi.connector.Endpoints;
import dev.millrace.spi.connector.FileRoots;
import dev.millrace.spi.connector.Hooks;
import dev.millrace.spi.connector.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every script the pages show is valid. What is no whole script is marked {@code sql fragment}. */
class DocumentedScriptsTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sql\\n(.*?)^```$");
  private static final Services SERVICES =
      Services.none()
          .with(Connections.class, new NamesOnly(Set.of(Connections.ENGINE, "warehouse")))
          .with(FileRoots.class, Path::of)
          .with(Endpoints.class, new AnyEndpoint())
          .with(Hooks.class, new OneHook());
  private static final LocalStreamEngine ENGINE =
      LocalStreamEngine.discovering(Set.of(), SERVICES, Clock.systemUTC());

  /** Validation asks for names and opens nothing. */
  private record NamesOnly(Set<String> names) implements Connections {
    @Override
    public Optional<DataSource> find(String name) {
      throw new AssertionError("validation opens connection " + name);
    }
  }

  /** Whatever a page calls it. */
  private record AnyEndpoint() implements Endpoints {
    @Override
    public Optional<Map<String, String>> find(String kind, String name) {
      return Optional.of(
          kind.equals("kafka") ? Map.of() : Map.of("url", "https://api.example.com/v1"));
    }

    @Override
    public Set<String> names(String kind) {
      return Set.of();
    }
  }

  private record OneHook() implements Hooks {
    @Override
    public Set<String> names() {
      return Set.of("orders");
    }

    @Override
    public boolean mayRead(String hook, Optional<String> tenant) {
      throw new AssertionError("validation asks hook " + hook);
    }

    @Override
    public List<Body> read(String hook, long after, int max) {
      throw new AssertionError("validation reads hook " + hook);
    }

    @Override
    public Kept kept(String hook) {
      throw new AssertionError("validation asks hook " + hook);
    }

    @Override
    public long newest(String hook) {
      throw new AssertionError("validation asks hook " + hook);
    }
  }

  private record Script(String place, String sql) {
    @Override
    public String toString() {
      return place;
    }
  }

  private static Stream<Script> scripts() throws IOException {
    try (Stream<Path> pages = Files.list(PROJECT.resolve("docs"))) {
      return Stream.concat(Stream.of(PROJECT.resolve("README.md")), pages.sorted())
          .filter(page -> page.toString().endsWith(".md"))
          .toList()
          .stream()
          .flatMap(DocumentedScriptsTest::scripts);
    }
  }

  private static Stream<Script> scripts(Path page) {
    Matcher blocks = BLOCK.matcher(text(page));
    return blocks
        .results()
        .map(
            block -> {
              long line = text(page).substring(0, block.start()).lines().count() + 1;
              return new Script(page.getFileName() + ":" + line, block.group(1));
            });
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void scriptOfAPageIsValid(Script script) {
    assertThatCode(() -> ENGINE.validate(script.place(), script.sql())).doesNotThrowAnyException();
  }

  @Test
  void pagesWithScriptsAreFound() throws IOException {
    assertThat(scripts().map(script -> script.place().replaceFirst(":.*", "")))
        .contains("README.md", "http.md", "kafka.md", "modelling.md", "operations.md", "sql.md");
  }
}
