// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A script of the corpus, expanded (see the package), but for the declaration of {@code results}.
 *
 * @param name {@code family/name}
 * @param fails whether running it is an error
 * @param refused what Millrace says it does not support, where Flink does
 */
record Script(String name, String text, boolean fails, Optional<String> refused) {
  private static final Path RESOURCES = Path.of("src", "test", "resources").toAbsolutePath();
  private static final Pattern TABLES = Pattern.compile("^-- tables: (.*)$", Pattern.MULTILINE);
  private static final Pattern FAILS = Pattern.compile("^-- fails\\b", Pattern.MULTILINE);
  private static final Pattern REFUSED = Pattern.compile("^-- refused: (.*)$", Pattern.MULTILINE);
  private static final Pattern RESULT_QUERY =
      Pattern.compile("INSERT INTO results\\s+(.*)", Pattern.DOTALL);
  private static final Pattern FIRST_INSERT =
      Pattern.compile("^(INSERT INTO|EXECUTE STATEMENT SET)", Pattern.MULTILINE);

  static List<Script> corpus() {
    Path corpus = RESOURCES.resolve("corpus");
    try (Stream<Path> files = Files.walk(corpus)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .sorted()
          .map(file -> read(corpus, file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Script read(Path corpus, Path file) {
    String relative = corpus.relativize(file).toString().replace('\\', '/');
    String body = text(file);
    StringBuilder text = new StringBuilder();
    Matcher tables = TABLES.matcher(body);
    while (tables.find()) {
      for (String table : tables.group(1).split(",")) {
        text.append(text(RESOURCES.resolve("tables").resolve(table.strip() + ".sql"))).append('\n');
      }
    }
    text.append(body);
    return new Script(
        relative.substring(0, relative.length() - ".sql".length()),
        text.toString().replace("${data}", RESOURCES.resolve("data").toString()),
        FAILS.matcher(body).find(),
        REFUSED.matcher(body).results().map(found -> found.group(1)).findFirst());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The query a statement inserts into {@code results}, unless the script declares that table. */
  Optional<String> resultQuery(String statement) {
    Matcher matcher = RESULT_QUERY.matcher(statement);
    return !declaresResults() && matcher.matches()
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  /**
   * The declarations, and a view of what is inserted into {@code results}, if that is undeclared.
   */
  Optional<String> resultView(String view) {
    Matcher insert = FIRST_INSERT.matcher(text);
    return statements().stream()
        .flatMap(statement -> resultQuery(statement).stream())
        .filter(query -> insert.find())
        .map(
            query ->
                text.substring(0, insert.start()) + "CREATE VIEW " + view + " AS " + query + ";\n")
        .findFirst();
  }

  private boolean declaresResults() {
    return text.contains("CREATE TABLE results");
  }

  /** The text with a declaration of {@code results} before its first INSERT. */
  String textWith(String resultDeclaration) {
    Matcher insert = FIRST_INSERT.matcher(text);
    return insert.find()
        ? text.substring(0, insert.start())
            + resultDeclaration
            + ";\n"
            + text.substring(insert.start())
        : text;
  }

  /** The statements, without their semicolons. */
  List<String> statements() {
    return StatementSplitter.split(text);
  }
}
