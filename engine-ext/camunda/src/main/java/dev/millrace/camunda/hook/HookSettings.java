// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.hook;

import dev.millrace.camunda.config.ConfigErrors;
import dev.millrace.camunda.config.Secrets;
import dev.millrace.spi.option.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A webhook as configured. Immutable.
 *
 * @param signature empty if senders log in as users of the engine
 * @param maxBytes of a body
 * @param maxUnread bodies that may wait to be read
 * @param tenants whose pipelines may read it; empty for those of all, and of none
 * @param keep how long a body that was read is kept, and its key remembered
 */
public record HookSettings(
    Optional<Signature> signature,
    int maxBytes,
    long maxUnread,
    Duration keep,
    Set<String> tenants) {
  /** Part of a URL, of a position and of an authorisation. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

  private static final Set<String> KEYS =
      Set.of("secret", "signature-header", "max-bytes", "max-unread", "keep", "tenants");
  private static final String DEFAULT_HEADER = "X-Hub-Signature-256";

  /**
   * Reads {@code secret}, {@code signature-header}, {@code max-bytes}, {@code max-unread}, {@code
   * keep} and {@code tenants}.
   *
   * @throws dev.millrace.spi.error.MillraceException if one cannot be; no value of a secret is told
   */
  static HookSettings of(String name, Map<String, String> settings, Secrets secrets) {
    String place = "millrace.hooks." + name;
    if (!NAME.matcher(name).matches()) {
      throw ConfigErrors.badSetting(place, name, "letters, digits and hyphens");
    }
    for (String key : settings.keySet()) {
      if (!KEYS.contains(key)) {
        throw ConfigErrors.badSetting(place, key, String.join(", ", KEYS));
      }
    }
    Optional<Signature> signature =
        Optional.ofNullable(settings.get("secret"))
            .map(
                secret ->
                    Signature.of(
                        place,
                        secret,
                        settings.getOrDefault("signature-header", DEFAULT_HEADER),
                        secrets));
    return new HookSettings(
        signature,
        (int) number(place, settings, "max-bytes", 1 << 20, Integer.MAX_VALUE - 8),
        number(place, settings, "max-unread", 10_000, Long.MAX_VALUE),
        keep(place, settings),
        tenants(settings.getOrDefault("tenants", "")));
  }

  private static long number(
      String place, Map<String, String> settings, String key, long byDefault, long most) {
    String text = settings.get(key);
    if (text == null) {
      return byDefault;
    }
    if (!text.matches("[1-9][0-9]{0,17}") || Long.parseLong(text) > most) {
      throw ConfigErrors.badSetting(place + "." + key, text, "a number from 1 to " + most);
    }
    return Long.parseLong(text);
  }

  private static Set<String> tenants(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(tenant -> !tenant.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A pipeline without a tenant is none of those named. */
  boolean isReadBy(Optional<String> tenant) {
    return tenants.isEmpty() || tenant.filter(tenants::contains).isPresent();
  }

  private static Duration keep(String place, Map<String, String> settings) {
    String text = settings.getOrDefault("keep", "1 d");
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw ConfigErrors.badSetting(place + ".keep", text, "a duration such as '1 d'");
    }
  }
}
