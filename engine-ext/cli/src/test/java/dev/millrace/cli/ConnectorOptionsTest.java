// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConnectorOptionsTest {
  private static final Path PAGE = Path.of("../../docs/connectors.md");

  @Test
  void pageOfOptionsIsFresh() throws IOException {
    if (Boolean.getBoolean("millrace.docs.update")) {
      Files.writeString(PAGE, ConnectorOptions.markdown());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/connectors.md; its head says how to make it anew")
        .isEqualTo(ConnectorOptions.markdown());
  }
}
