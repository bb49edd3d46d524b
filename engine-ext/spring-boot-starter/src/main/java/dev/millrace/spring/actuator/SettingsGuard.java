// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.actuator;

import dev.millrace.camunda.config.Secrets;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Keeps what may be secret among Millrace's settings out of {@code /env} and {@code /configprops},
 * also where the application lets these show values: all settings of foreign systems but those that
 * only name a secret. Thread-safe.
 */
public final class SettingsGuard implements SanitizingFunction {
  private static final List<String> GUARDED =
      List.of("secrets", "connections", "http", "kafka", "registry", "hooks");

  @Override
  public SanitizableData apply(SanitizableData data) {
    boolean named = data.getValue() instanceof String text && Secrets.isReference(text);
    return named || !isGuarded(data.getKey()) ? data : data.withSanitizedValue();
  }

  /** However it is written: in a file, or as a variable of the environment. */
  private static boolean isGuarded(String key) {
    String plain = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
    return GUARDED.stream().anyMatch(part -> plain.startsWith("millrace." + part + "."));
  }
}
