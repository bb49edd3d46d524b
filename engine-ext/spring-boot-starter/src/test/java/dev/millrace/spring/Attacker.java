// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Somebody who reaches the application's port and has no account. */
final class Attacker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CookieManager cookies = new CookieManager();
  private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();
  private final String address;

  Attacker(int port) {
    address = "http://127.0.0.1:" + port;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String json) {
    return send(request(path).POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> put(String path, String json) {
    return send(request(path).PUT(BodyPublishers.ofString(json)));
  }

  /** Stores a filter with this query; the answer holds its id if it was stored. */
  HttpResponse<String> storeFilter(String query) {
    return post("/engine-rest/filter/create", filter(query));
  }

  static String filter(String query) {
    return "{\"resourceType\":\"Task\",\"name\":\"bait\",\"query\":" + query + "}";
  }

  static String id(HttpResponse<String> created) {
    try {
      return JSON.readTree(created.body()).required("id").asText();
    } catch (IOException e) {
      throw new IllegalStateException(created.body(), e);
    }
  }

  /** Asks the webapps to make this user the first administrator, as their own page does. */
  HttpResponse<String> setUp(String path, String user) {
    get("/camunda/app/welcome/default/");
    String token =
        cookies.getCookieStore().getCookies().stream()
            .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
            .map(HttpCookie::getValue)
            .findFirst()
            .orElseThrow();
    String body =
        """
        {"profile": {"id": "%1$s", "firstName": "M", "lastName": "M", "email": "m@m"},
         "credentials": {"password": "%1$s"}}
        """
            .formatted(user);
    return send(request(path).header("X-XSRF-TOKEN", token).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .headers("Content-Type", "application/json", "Accept", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** JSON with single quotes, and {@code !} where the expression goes. */
  static String json(String text) {
    return text.replace('\'', '"').replace("!", Canary.EXPRESSION);
  }
}
