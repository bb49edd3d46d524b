// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/** A client that does what it is told and nothing on its own account. */
final class PlainClient {
  private static final int MAX_HEADER_BYTES = 1 << 14;
  private static final int MAX_HEADERS = 200;

  private PlainClient() {}

  /**
   * Follows nothing, retries nothing, remembers no cookie; a name is resolved by the resolver given
   * and the connection goes to an address it returned. The host's name stays in {@code Host}, SNI
   * and the check of the certificate.
   */
  static CloseableHttpClient open(DnsResolver resolver, Duration timeout) {
    Timeout patience = Timeout.ofMilliseconds(timeout.toMillis());
    return HttpClientBuilder.create()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(patience)
                        .setSocketTimeout(patience)
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(patience).build())
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder()
                        .http1Config(
                            Http1Config.custom()
                                .setMaxHeaderCount(MAX_HEADERS)
                                .setMaxLineLength(MAX_HEADER_BYTES)
                                .build())
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(patience)
                .setConnectionRequestTimeout(patience)
                .setAuthenticationEnabled(false)
                .setRedirectsEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("millrace")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }
}
