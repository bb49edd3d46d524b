// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * Schemas by number, each asked for once: what a number means never changes, nor whether it can be
 * used. One the registry does not know is waited for, for a while: registries lag behind who
 * writes, but a record with a number that somebody made up must not hold up all others.
 * Thread-safe; bounded.
 */
final class SchemaRegistry {
  private static final int MAX_SCHEMAS = 1000;
  private static final long MAX_CHARS = 16L << 20;
  private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(1);
  private static final int MAX_REFERENCED = 32;

  /** What is known of a number: one of schema and problem. */
  private record Known(Schema schema, MillraceException problem, int chars) {}

  private final RegistryClient client;
  private final Map<Integer, Known> byId = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Integer> registered = new HashMap<>();
  private final Map<Integer, Long> waitedForSinceNs = new LinkedHashMap<>();
  private final LongSupplier nanoClock;
  private long chars;

  SchemaRegistry(RegistryClient client, LongSupplier nanoClock) {
    this.client = client;
    this.nanoClock = nanoClock;
  }

  /**
   * The schema of a number.
   *
   * @throws MillraceException category DATA, if it cannot be used, or has not come to be known
   * @throws UnansweredException if the registry does not answer, or does not know it yet
   */
  synchronized Schema byId(int id) throws IOException {
    Known known = byId.get(id);
    if (known == null) {
      known = ask(id);
      keep(id, known);
    }
    if (known.problem() != null) {
      throw known.problem();
    }
    return known.schema();
  }

  private Known ask(int id) throws IOException {
    try {
      Known known = find(id);
      waitedForSinceNs.remove(id);
      return known;
    } catch (UnknownException e) {
      if (isWaitedFor(id)) {
        throw e;
      }
      return new Known(null, AvroErrors.unknownSchema(id, e.getMessage()), 0);
    }
  }

  private boolean isWaitedFor(int id) {
    long nowNs = nanoClock.getAsLong();
    long sinceNs = waitedForSinceNs.computeIfAbsent(id, first -> nowNs);
    if (waitedForSinceNs.size() > MAX_SCHEMAS) {
      waitedForSinceNs.remove(waitedForSinceNs.keySet().iterator().next());
    }
    return nowNs - sinceNs < PATIENCE_NS;
  }

  private Known find(int id) throws IOException {
    JsonNode found = client.schema(id);
    try {
      List<String> referenced = new ArrayList<>();
      refer(found, referenced, new HashSet<>());
      String text = text(found);
      int length = text.length() + referenced.stream().mapToInt(String::length).sum();
      return new Known(ForeignSchema.parse(text, referenced), null, length);
    } catch (IllegalArgumentException e) {
      return new Known(null, AvroErrors.unusableSchema(id, e.getMessage(), e), 0);
    }
  }

  private static String text(JsonNode found) {
    if (!found.path("schemaType").asText("AVRO").equals("AVRO")) {
      throw new IllegalArgumentException("it is not one of Avro");
    }
    return found.path("schema").textValue();
  }

  /** Adds the schemas one refers to, each behind those it refers to itself. */
  private void refer(JsonNode found, List<String> texts, Set<String> seen) throws IOException {
    for (JsonNode reference : found.path("references")) {
      String subject = reference.path("subject").asText();
      int version = reference.path("version").asInt();
      if (!seen.add(subject + " " + version)) {
        continue;
      }
      if (seen.size() > MAX_REFERENCED) {
        throw new IllegalArgumentException("it refers to more than " + MAX_REFERENCED + " others");
      }
      JsonNode other = client.schema(subject, version);
      refer(other, texts, seen);
      texts.add(text(other));
    }
  }

  private void keep(int id, Known known) {
    Known before = byId.put(id, known);
    chars += known.chars() - (before == null ? 0 : before.chars());
    var eldest = byId.entrySet().iterator();
    while (byId.size() > 1 && (byId.size() > MAX_SCHEMAS || chars > MAX_CHARS)) {
      chars -= eldest.next().getValue().chars();
      eldest.remove();
    }
  }

  /**
   * The number a schema is registered under, now if it was not before.
   *
   * @throws UnansweredException if the registry does not answer or does not want it
   */
  synchronized int idOf(String subject, Schema schema) throws IOException {
    Integer id = registered.get(subject);
    if (id == null) {
      id = client.register(subject, schema);
      registered.put(subject, id);
    }
    return id;
  }
}
