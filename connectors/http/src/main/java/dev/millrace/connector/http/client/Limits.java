// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.time.Duration;

/**
 * What one exchange may take.
 *
 * @param timeout from the first byte out to the last byte in; connecting has as much on its own
 * @param maxResponseBytes of the body, unpacked
 */
public record Limits(Duration timeout, int maxResponseBytes) {}
