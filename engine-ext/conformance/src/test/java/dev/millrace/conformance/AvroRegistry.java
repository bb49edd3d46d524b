// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A registry on loopback that takes every schema; a schema's number is its place. */
final class AvroRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BY_ID = "/schemas/ids/";

  private final HttpServer server;
  private final List<String> schemas = new ArrayList<>();

  AvroRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, Object> said =
        path.startsWith(BY_ID)
            ? Map.of("schema", schemas.get(Integer.parseInt(path.substring(BY_ID.length()))))
            : Map.of("id", idOf(JSON.readTree(body).get("schema").asText()));
    byte[] bytes = JSON.writeValueAsBytes(said);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private int idOf(String schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized List<String> schemas() {
    return List.copyOf(schemas);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
