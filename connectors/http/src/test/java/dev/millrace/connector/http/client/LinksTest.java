// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
  private static final HttpEndpoint HOST = HttpEndpoint.of(URI.create("https://Host.test/v1"));

  private static Optional<String> next(String header) {
    return Links.next(List.of(header));
  }

  @Test
  void theNextPageIsFoundAmongOthers() {
    assertThat(next("<https://host.test/v1/a?p=1,2>; rel=\"last\", </v1/a?p=2>; rel=\"next\""))
        .contains("/v1/a?p=2");
    assertThat(next("</a>; title=\"rel=next, not\"; rel=prev, </b>; rel=next")).contains("/b");
    assertThat(next("</a>; rel=nextish")).isEmpty();
    assertThat(next("</a>; rel=\"up next\"")).contains("/a");
  }

  @Test
  void aLinkIsReadBesideThePageItIsOn() {
    assertThat(Links.below(HOST, "/a/b?p=1", "?p=2")).contains("/a/b?p=2");
    assertThat(Links.below(HOST, "/a/b", "c")).contains("/a/c");
    assertThat(Links.below(HOST, "/a/b", "https://host.TEST:443/v1/c?x=%20")).contains("/c?x=%20");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.test/v1/a",
        "//evil.test/v1/a",
        "http://host.test/v1/a",
        "https://host.test:8443/v1/a",
        "https://user@host.test/v1/a",
        "https://host.test/v2/a",
        "https://host.test/v10",
        "/v1//evil.test/a",
        "/v1/../admin",
        "/v1/%2e%2e/admin",
        "../../admin",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/v1/a b"
      })
  void linksElsewhereAreNot(String link) {
    assertThat(Links.below(HOST, "/a/b", link)).isEmpty();
  }
}
