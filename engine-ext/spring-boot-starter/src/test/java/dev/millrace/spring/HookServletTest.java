// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Webhooks beside the engine's REST. */
@TestApplication.Served
class HookServletTest {
  private static final String SECRET = "a-secret-of-twenty-nine-chars";
  private static final String BODY = "{\"id\":1}";

  @LocalServerPort private int port;
  @Autowired private MillraceProperties properties;

  private HttpResponse<String> post(String hook, String signature) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/millrace/hook/" + hook))
            .header("X-Hub-Signature-256", signature)
            .header("Idempotency-Key", "one")
            .POST(BodyPublishers.ofString(BODY))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static String sign() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(BODY.getBytes(UTF_8)));
  }

  @Test
  void aSignedPostIsTakenAndOthersAreNot() throws Exception {
    HttpResponse<String> taken = post("orders", sign());
    assertThat(taken.statusCode()).isEqualTo(202);
    assertThat(taken.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(taken.body()).startsWith("{\"sequence\":1,");
    assertThat(post("orders", sign()).body()).isEqualTo("{\"sequence\":1,\"repeated\":true}");
    assertThat(post("orders", "sha256=00").statusCode()).isEqualTo(401);
    assertThat(post("others", sign()).statusCode()).isEqualTo(404);
    assertThat(post("orders/x", sign()).statusCode()).isEqualTo(404);
    assertThat(post("", sign()).statusCode()).isEqualTo(404);
  }

  @Test
  void settingsReachTheirConnectorsAndNoText() {
    assertThat(properties.http().get("shop"))
        .isEqualTo(Map.of("url", "https://shop.test/v1", "header.X-Key", "hush"));
    assertThat(properties.toString()).doesNotContain("hush", SECRET);
  }
}
