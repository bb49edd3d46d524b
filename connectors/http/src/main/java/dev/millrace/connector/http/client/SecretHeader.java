// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import org.apache.hc.core5.http.message.BasicHeader;

/** A header from configuration: its value is sent, and told nowhere else. Immutable. */
final class SecretHeader extends BasicHeader {
  private static final long serialVersionUID = 1L;

  SecretHeader(String name, String value) {
    super(name, value, true);
  }

  /** What the client's own log prints. */
  @Override
  public String toString() {
    return getName() + ": ***";
  }
}
