// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.actuator;

import dev.millrace.camunda.config.Secrets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Keeps what may be secret among Millrace's settings out of {@code /env} and {@code /configprops},
 * also where the application lets these show values: all settings of foreign systems but those that
 * only name a secret. What holds such settings within a longer text is kept back whole: {@code
 * SPRING_APPLICATION_JSON}, the command line as {@code sun.java.command}, options of the JVM.
 * Thread-safe.
 */
public final class SettingsGuard implements SanitizingFunction {
  private static final List<String> GUARDED =
      List.of("secrets", "connections", "http", "kafka", "registry", "hooks");

  /**
   * {@code millrace.http.…} or, in JSON, {@code "millrace": {…}}, with quotes that may be quoted.
   */
  private static final Pattern WITHIN =
      Pattern.compile(
          "millrace(?:[._](?:%s)(?![a-z0-9])|[\"'\\\\]*\\s*:\\s*\\{)"
              .formatted(String.join("|", GUARDED)),
          Pattern.CASE_INSENSITIVE);

  @Override
  public SanitizableData apply(SanitizableData data) {
    String value = String.valueOf(data.getValue());
    if (isGuarded(data.getKey())) {
      return Secrets.isReference(value) ? data : data.withSanitizedValue();
    }
    return WITHIN.matcher(value).find() ? data.withSanitizedValue() : data;
  }

  /** However it is written: in a file, or as a variable of the environment. */
  private static boolean isGuarded(String key) {
    String plain = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
    return GUARDED.stream().anyMatch(part -> plain.startsWith("millrace." + part + "."));
  }
}
