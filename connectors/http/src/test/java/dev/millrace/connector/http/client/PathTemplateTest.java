// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {
  private static String fill(String template, String value) {
    return PathTemplate.parse(template).fill(column -> value);
  }

  @Test
  void valuesAreEncodedSoThatTheyAddNoSegmentQueryOrFragment() {
    assertThat(fill("/stock/{sku}/free?site={site}", "a b/c?d=e&f#g+ü%"))
        .isEqualTo(
            "/stock/a%20b%2Fc%3Fd%3De%26f%23g%2B%C3%BC%25/free"
                + "?site=a%20b%2Fc%3Fd%3De%26f%23g%2B%C3%BC%25");
    assertThat(PathTemplate.parse("/stock/{sku}/free?site={site}").columns())
        .containsExactly("sku", "site");
  }

  @Test
  void lineEndsOfAValueAreEncoded() {
    assertThat(fill("/a?x={x}", "1\r\nHost: evil")).isEqualTo("/a?x=1%0D%0AHost%3A%20evil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", ".", "../admin", "a/../../b", "..\\x", "%2e%2e", "..;x", "%252e%252e/x"})
  void aValueThatLeadsToAnotherPathIsRefused(String value) {
    assertThatThrownBy(() -> fill("/items/{id}", value)).hasMessageContaining("another path");
  }

  @Test
  void dotsJoinedWithTextBesideThemAreRefusedToo() {
    assertThatThrownBy(() -> fill("/items/.{id}", ".")).hasMessageContaining("another path");
  }

  @Test
  void inTheQueryDotsAreData() {
    assertThat(fill("/items?name={id}", "..")).isEqualTo("/items?name=..");
  }

  @Test
  void withoutAValueThereIsNoPath() {
    assertThatThrownBy(() -> fill("/items/{id}", "")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> fill("/items/{id}", null)).hasMessageContaining("is NULL");
    assertThat(fill("/items?name={id}", "")).isEqualTo("/items?name=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "items",
        "https://evil.test/",
        "//evil.test/",
        "/a/../b",
        "/a/%2e%2E/b",
        "/a/..%2fb",
        "/a/./b",
        "/a#b",
        "/a b",
        "/a\r\nHost: x",
        "/{",
        "/{}",
        "/ü"
      })
  void pathsThatAreNoneOrLeadElsewhereAreRefused(String path) {
    assertThatThrownBy(() -> PathTemplate.parse(path)).hasMessageContaining("the path '");
  }
}
