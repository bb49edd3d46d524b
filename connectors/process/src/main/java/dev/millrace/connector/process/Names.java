// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import java.util.regex.Pattern;

/** Names of live tables and channels. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  private Names() {}

  static String checked(String option, String name) {
    if (!NAME.matcher(name).matches()) {
      throw ProcessErrors.badName(option, name);
    }
    return name;
  }
}
