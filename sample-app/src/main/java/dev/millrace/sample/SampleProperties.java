// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the sample.
 *
 * @param ordersPerSecond how many orders arrive; fractions are fine, 0 stops them
 * @param dataDirectory where the embedded database keeps its file
 */
@ConfigurationProperties("sample")
record SampleProperties(double ordersPerSecond, Path dataDirectory) {
  SampleProperties {
    if (!(ordersPerSecond >= 0 && ordersPerSecond <= 10_000)) {
      throw new IllegalArgumentException(
          "sample.orders-per-second is "
              + ordersPerSecond
              + "; it must be from 0 (no orders) to 10000");
    }
  }
}
