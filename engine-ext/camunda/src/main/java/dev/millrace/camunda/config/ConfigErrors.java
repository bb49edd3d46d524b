// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.config;

import dev.millrace.camunda.error.BpmnRange;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.Collection;

/** What is wrong with a setting, or with what it names: 50, 51 and 55 to 57. */
public final class ConfigErrors {
  private ConfigErrors() {}

  public static MillraceException pathOutside(String path, Collection<String> roots) {
    return BpmnRange.sql(
        50,
        "path '%s' is not below a configured folder; paths are '<folder>/<relative>' with %s",
        path,
        roots.isEmpty() ? "no folder configured" : "folder " + String.join(" or ", roots));
  }

  public static MillraceException badSetting(String name, String value, String expected) {
    return BpmnRange.error(
        ErrorCategory.SQL,
        51,
        "setting '%s' of the Millrace plugin is '%s'; expected %s",
        name,
        value,
        expected);
  }

  public static MillraceException badSecretName(String place) {
    return BpmnRange.error(
        ErrorCategory.CONNECTOR,
        55,
        "setting '%s' names a secret, but not as 'secret:<name>' with letters, digits, '.', '_' and"
            + " '-'",
        place);
  }

  public static MillraceException noSecret(String place, String name, Collection<String> looked) {
    return BpmnRange.error(
        ErrorCategory.CONNECTOR,
        56,
        "setting '%s' names secret '%s', which is not there; looked for: %s",
        place,
        name,
        String.join(", ", looked));
  }

  public static MillraceException badSecret(String place, String name, Path file, String why) {
    return BpmnRange.error(
        ErrorCategory.CONNECTOR,
        57,
        "setting '%s' names secret '%s', but file %s %s",
        place,
        name,
        file,
        why);
  }
}
