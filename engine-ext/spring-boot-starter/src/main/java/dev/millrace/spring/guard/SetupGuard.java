// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.guard;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/**
 * Refuses {@code /api/admin/setup}: without login it makes anybody an administrator of an engine
 * that has none yet. Thread-safe.
 *
 * <p>Compares the path as the container has decoded it, without parameters, so that no spelling of
 * the address gets around it.
 */
public final class SetupGuard implements Filter {
  private static final String SETUP = "/api/admin/setup";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http && path(http).contains(SETUP)) {
      ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    chain.doFilter(request, response);
  }

  private static String path(HttpServletRequest request) {
    String info = request.getPathInfo() == null ? "" : request.getPathInfo();
    return (request.getServletPath() + info).replaceAll("/+", "/").toLowerCase(Locale.ROOT);
  }
}
