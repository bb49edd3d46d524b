// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.connector.PublisherFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.outbox.OutboxTarget;
import dev.millrace.spi.outbox.Publisher;
import java.util.Map;
import java.util.Optional;

/** Sends to the clusters that are configured. */
public final class KafkaPublisherFactory implements PublisherFactory {
  @Override
  public String kind() {
    return Cluster.KIND;
  }

  @Override
  public Publisher open(OutboxTarget target, String outboxId, Services services) {
    Cluster cluster = new Cluster(Optional.of(target.name()), Map.of());
    return new KafkaPublisher(cluster, outboxId, services);
  }
}
