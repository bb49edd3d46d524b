// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.connector.http.client.Answer;
import dev.millrace.connector.http.client.Backoff;
import dev.millrace.connector.http.client.Call;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.connector.http.client.HttpEndpoint;
import dev.millrace.connector.http.client.Limits;
import dev.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/**
 * What is said to a registry of schemas that speaks as Confluent's does. A client lives as long as
 * one question: they are few, and nobody would close it. Thread-safe.
 */
final class RegistryClient {
  private static final int NOT_FOUND = 404;
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Map<String, String> ACCEPT = Map.of("Accept", MEDIA_TYPE);

  /** The text of a schema is JSON within JSON: quotes count twice. */
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(10), 2 * ForeignSchema.MAX_CHARS);

  private static final Backoff BACKOFF =
      new Backoff(3, Duration.ofMillis(200), Duration.ofSeconds(2));
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<HttpEndpoint> endpoint;

  /**
   * @param endpoint asked again for each question
   */
  RegistryClient(Supplier<HttpEndpoint> endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * What is registered under a number.
   *
   * @throws UnknownException if nothing is, or not yet
   * @throws UnansweredException if that is not known now
   */
  JsonNode schema(int id) throws IOException {
    return get("/schemas/ids/" + id);
  }

  /** The same by name and version, as schemas refer to others. */
  JsonNode schema(String subject, int version) throws IOException {
    return get("/subjects/" + segment(subject) + "/versions/" + version);
  }

  private JsonNode get(String path) throws IOException {
    Call call = Call.get(path, ACCEPT);
    try (HttpCaller caller = new HttpCaller(endpoint.get(), LIMITS)) {
      JsonNode found = body(caller.name(call), send(caller, call));
      if (!found.path("schema").isTextual()) {
        throw new UnansweredException(caller.name(call) + " was answered without a schema", null);
      }
      return found;
    } catch (MillraceException e) {
      throw new UnansweredException(e.getMessage(), e);
    }
  }

  /**
   * Registers a schema, or finds that it is.
   *
   * @return its number
   * @throws UnansweredException if the registry does not answer or does not want it
   */
  int register(String subject, Schema schema) throws IOException {
    byte[] body = JSON.writeValueAsBytes(Map.of("schema", schema.toString()));
    Call call =
        new Call(
            "POST",
            "/subjects/" + segment(subject) + "/versions",
            ACCEPT,
            Optional.of(new Call.Body(MEDIA_TYPE, body)));
    try (HttpCaller caller = new HttpCaller(endpoint.get(), LIMITS)) {
      JsonNode id = body(caller.name(call), send(caller, call)).path("id");
      if (!id.isInt()) {
        throw new UnansweredException(caller.name(call) + " was answered without a number", null);
      }
      return id.intValue();
    } catch (MillraceException e) {
      throw new UnansweredException(e.getMessage(), e);
    }
  }

  private static Answer send(HttpCaller caller, Call call) throws InterruptedIOException {
    try {
      return caller.send(call, BACKOFF);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interruption = new InterruptedIOException("interrupted");
      interruption.initCause(e);
      throw interruption;
    }
  }

  /** Of a success; what else a body says is not told, it may hold anything. */
  private static JsonNode body(String request, Answer answer) throws UnansweredException {
    if (answer.status() == NOT_FOUND) {
      throw new UnknownException(
          request + " was answered 404: the registry does not know that, or not yet");
    }
    if (!answer.isSuccess()) {
      throw new UnansweredException(
          request + " was answered " + answer.status() + meaning(answer.status()), null);
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UnansweredException(request + " was answered with what is no JSON", e);
    }
  }

  private static String meaning(int status) {
    return switch (status) {
      case 401, 403 -> ": the registry's configured credentials are not accepted";
      case 409 -> ": the schema is not compatible with those registered before";
      case 422 -> ": the registry does not take the schema";
      default -> "";
    };
  }

  private static String segment(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
