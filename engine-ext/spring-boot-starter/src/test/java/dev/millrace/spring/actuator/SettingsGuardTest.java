// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
