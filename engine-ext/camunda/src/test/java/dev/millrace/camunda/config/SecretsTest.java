// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String PLACE = "millrace.kafka.main.ssl.key.password";

  @TempDir Path folder;
  private Path directory;
  private Secrets secrets;

  @BeforeEach
  void mount() throws IOException {
    directory = Files.createDirectory(folder.resolve("secrets"));
    secrets = new Secrets(Map.of("token", "of-properties"), Optional.of(directory));
  }

  @Test
  void valueThatNamesNoSecretIsItself() {
    assertThat(secrets.reveal(PLACE, "plain")).isEqualTo("plain");
    assertThat(Secrets.none().reveal(PLACE, (String) null)).isNull();
  }

  @Test
  void propertiesComeBeforeFilesAndFilesAreReadAgain() throws IOException {
    Files.writeString(directory.resolve("token"), "of-a-file");
    Files.writeString(directory.resolve("db.pass"), "first\n");
    assertThat(secrets.reveal(PLACE, "secret:token")).isEqualTo("of-properties");
    assertThat(secrets.reveal(PLACE, "secret:db.pass")).isEqualTo("first");
    Files.writeString(directory.resolve("db.pass"), " sec ond ");
    assertThat(secrets.reveal(PLACE, "secret:db.pass")).isEqualTo(" sec ond ");
  }

  /** As Kubernetes mounts them: a link to a folder that is exchanged whole. */
  @Test
  void linkWithinTheDirectoryIsFollowedAndOneOutOfItIsNot() throws IOException {
    Path data = Files.createDirectory(directory.resolve("..2026"));
    Files.writeString(data.resolve("inside"), "value");
    Files.createSymbolicLink(directory.resolve("..data"), data);
    Files.createSymbolicLink(directory.resolve("inside"), Path.of("..data", "inside"));
    assertThat(secrets.reveal(PLACE, "secret:inside")).isEqualTo("value");
    Path outside = Files.writeString(folder.resolve("outside"), "hush");
    Files.createSymbolicLink(directory.resolve("leak"), outside);
    assertThatThrownBy(() -> secrets.reveal(PLACE, "secret:leak"))
        .hasMessageContaining("is a link out of its folder")
        .hasMessageNotContaining("hush");
  }

  @Test
  void missingSecretSaysWhoNamesItAndWhereWasLooked() {
    assertThatThrownBy(() -> secrets.reveal(PLACE, "secret:gone"))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONNECTOR))
        .hasMessageContaining("setting '" + PLACE + "' names secret 'gone'")
        .hasMessageContaining("millrace.secrets.gone, file " + directory.resolve("gone"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../outside", "a/b", ".hidden", "..", "a\nb", "a b"})
  void nameThatIsNoFilesIsRefused(String name) throws IOException {
    Files.writeString(folder.resolve("outside"), "hush");
    assertThatThrownBy(() -> secrets.reveal(PLACE, "secret:" + name))
        .hasMessageContaining("names a secret, but not as 'secret:<name>'");
  }

  @Test
  void fileThatIsNoSecretIsRefused() throws IOException {
    Files.writeString(directory.resolve("empty"), "\n");
    Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
    Files.writeString(directory.resolve("large"), "x".repeat(70_000));
    assertThatThrownBy(() -> secrets.reveal(PLACE, "secret:empty"))
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> secrets.reveal(PLACE, "secret:binary"))
        .hasMessageContaining("is not UTF-8");
    assertThatThrownBy(() -> secrets.reveal(PLACE, "secret:large"))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void endpointIsFoundWithoutItsSecretsAndOpenedWithThem() {
    ConfiguredEndpoints endpoints =
        new ConfiguredEndpoints(
            Map.of("http", Map.of("shop", Map.of("url", "https://h", "token", "secret:token"))),
            secrets);
    assertThat(endpoints.find("http", "shop").orElseThrow()).containsEntry("token", "secret:token");
    assertThat(endpoints.withSecrets("http", "shop").orElseThrow())
        .containsOnly(Map.entry("url", "https://h"), Map.entry("token", "of-properties"));
    assertThat(endpoints.withSecrets("http", "other")).isEmpty();
    assertThat(secrets.toString()).doesNotContain("of-properties");
  }
}
