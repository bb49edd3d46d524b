// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.Backoff;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.connector.http.client.Limits;
import dev.millrace.spi.connector.PublisherFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.outbox.OutboxTarget;
import dev.millrace.spi.outbox.Publisher;
import java.time.Duration;

/** Sends what {@code http} tables have committed. Stateless. */
public final class HttpPublishers implements PublisherFactory {
  /** The outbox itself tries again, more slowly. */
  private static final Backoff BACKOFF =
      new Backoff(2, Duration.ofMillis(200), Duration.ofSeconds(30));

  private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), 1 << 16);

  @Override
  public String kind() {
    return HttpAddress.KIND;
  }

  @Override
  public Publisher open(OutboxTarget target, String outboxId, Services services) {
    return new HttpPublisher(
        new HttpCaller(HttpAddress.configured(target.name(), services), LIMITS), BACKOFF, outboxId);
  }
}
