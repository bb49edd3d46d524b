// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import dev.millrace.camunda.Millrace;
import dev.millrace.camunda.hook.HookAnswer;
import dev.millrace.camunda.hook.HookRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Hands what is posted to {@code /millrace/hook/<name>} to the engine's webhooks. Thread-safe. */
final class HookServlet extends HttpServlet {
  static final String MAPPING = "/millrace/hook/*";
  private static final long serialVersionUID = 1L;

  private final transient Supplier<Millrace> millrace;

  HookServlet(Supplier<Millrace> millrace) {
    this.millrace = millrace;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo();
    HookRequest posted =
        new HookRequest(
            path == null || path.isEmpty() ? "" : path.substring(1),
            request.getMethod(),
            request::getHeader,
            request.getInputStream());
    HookAnswer answer = millrace.get().hookReceiver().orElseThrow().receive(posted);
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
