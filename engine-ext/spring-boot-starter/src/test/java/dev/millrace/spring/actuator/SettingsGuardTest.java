// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;

class SettingsGuardTest {
  private final SettingsGuard guard = new SettingsGuard();

  private Object shown(String key, Object value) {
    return guard.apply(new SanitizableData(null, key, value)).getValue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "millrace.secrets.token",
        "millrace.secrets[token]",
        "MILLRACE_SECRETS_TOKEN",
        "millrace.connections.vault.password",
        "MILLRACE_CONNECTIONS_VAULT_URL",
        "millrace.kafka.main.sasl.jaas.config",
        "millrace.kafka.main[sasl.jaas.config]",
        "millrace.http.shop.header.X-Key",
        "millrace.registry.main.token",
        "millrace.hooks.orders.secret"
      })
  void whatMayBeSecretIsNotShownHoweverItIsWritten(String key) {
    assertThat(shown(key, "hush")).isEqualTo(SanitizableData.SANITIZED_VALUE);
    assertThat(shown(key, 7)).isEqualTo(SanitizableData.SANITIZED_VALUE);
  }

  @Test
  void nameOfASecretAndOtherSettingsAreShown() {
    assertThat(shown("millrace.kafka.main.sasl.jaas.config", "secret:jaas"))
        .isEqualTo("secret:jaas");
    assertThat(shown("millrace.workers", "2")).isEqualTo("2");
    assertThat(shown("spring.application.name", "shop")).isEqualTo("shop");
    assertThat(shown("millrace.httpish", "x")).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SPRING_APPLICATION_JSON | {\"millrace\":{\"retry\":{},\"http\":{\"shop\":{\"token\":\"it\"}}}}",
        "SPRING_APPLICATION_JSON | {\"millrace.http.shop.token\":\"it\"}",
        "spring.application.json | { 'millrace' : { 'secrets': { 'a': 'it' } } }",
        "sun.java.command | app.jar --server.port=1 --millrace.connections.shop.password=it",
        "sun.java.command | app.jar --spring.application.json={\\\"millrace\\\":{\\\"hooks\\\":{}}}",
        "JAVA_TOOL_OPTIONS | -Xmx1g -Dmillrace.registry.main.token=it",
        "CATALINA_OPTS | -DMILLRACE_KAFKA_main_sasl=it"
      })
  void norIsALongerTextThatHoldsIt(String key, String value) {
    assertThat(shown(key, value)).isEqualTo(SanitizableData.SANITIZED_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SPRING_APPLICATION_JSON | {\"server\":{\"port\":1}}",
        "sun.java.command | millrace-server.jar --millrace.retry.attempts=3",
        "java.class.path | /lib/millrace-kafka-1.0.jar:/lib/millrace-http.jar",
        "spring.datasource.url | jdbc:postgresql://millrace:5432/millrace"
      })
  void textThatOnlyNamesUsIsShown(String key, String value) {
    assertThat(shown(key, value)).isEqualTo(value);
  }

  @Test
  void whatIsNoTextIsShownToo() {
    assertThat(shown("server.port", 8080)).isEqualTo(8080);
    assertThat(shown("server.port", null)).isNull();
  }
}
