// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.avro.AvroFactory;
import dev.millrace.connector.avro.ConfluentFactory;
import dev.millrace.connector.format.CsvFactory;
import dev.millrace.connector.format.DebeziumJsonFactory;
import dev.millrace.connector.format.JsonFactory;
import dev.millrace.connector.format.RawFactory;
import dev.millrace.engine.DeadLetter;
import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.engine.RunRequest;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Endpoints;
import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.connector.Services;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Scripts over Kafka tables, run in this JVM. {@code ${servers}} stands for the broker. */
final class Scripts {
  private final Services services;
  private final LocalStreamEngine engine;
  private final Rows rows = new Rows();
  final List<DeadLetter> deadLetters = new ArrayList<>();

  private Scripts(Services services) {
    this.services = services;
    engine =
        LocalStreamEngine.of(
            List.of(new KafkaFactory(), new UpsertKafkaFactory(), rows),
            List.of(
                new JsonFactory(),
                new CsvFactory(),
                new RawFactory(),
                new DebeziumJsonFactory(),
                new AvroFactory(),
                new ConfluentFactory()),
            services,
            Clock.systemUTC());
  }

  /** As on the command line. */
  static Scripts plain() {
    return new Scripts(Services.none().with(PlainAddresses.class, address -> true));
  }

  /** As in a server, with the cluster {@code main}. */
  static Scripts configured(Map<String, String> settings) {
    return new Scripts(
        Services.none()
            .with(
                Endpoints.class,
                new Endpoints() {
                  @Override
                  public Optional<Map<String, String>> find(String kind, String name) {
                    return name.equals("main") && kind.equals("kafka")
                        ? Optional.of(settings)
                        : Optional.empty();
                  }

                  @Override
                  public Set<String> names(String kind) {
                    return Set.of("main");
                  }
                }));
  }

  Plan validate(String sql) {
    return engine.validate("s.sql", sql.replace("${servers}", TestBroker.servers()));
  }

  /** Runs a script to its end; what it wrote into tables of connector {@code rows}. */
  List<String> run(String sql) throws InterruptedException {
    rows.clear();
    engine.run(
        validate(sql),
        RunRequest.standalone().withServices(services).withDeadLetters(deadLetters::add));
    return rows.written();
  }

  LocalStreamEngine engine() {
    return engine;
  }

  RunRequest request() {
    return RunRequest.standalone().withServices(services).withDeadLetters(deadLetters::add);
  }

  List<String> written() {
    return rows.written();
  }
}
