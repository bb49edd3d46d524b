// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.spi.connector.Services;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a script must not be able to do to its host by way of Kafka's client. No broker is asked.
 */
class KafkaAttackTest {
  private static final Map<String, String> CLUSTER =
      Map.of("bootstrap.servers", "localhost:1", "sasl.jaas.config", "top-secret");
  private final Scripts server = Scripts.configured(CLUSTER);

  private static String script(String options) {
    return "CREATE TABLE t (v STRING) WITH ('connector' = 'kafka', 'topic' = 'x', 'format' = 'raw',"
        + " 'scan.startup.mode' = 'earliest-offset', "
        + options
        + "); INSERT INTO t SELECT v FROM t";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interceptor.classes",
        "key.serializer",
        "value.serializer",
        "key.deserializer",
        "value.deserializer",
        "partitioner.class",
        "partition.assignment.strategy",
        "metric.reporters",
        "metrics.recording.level",
        "config.providers",
        "config.providers.file.class",
        "sasl.login.class",
        "sasl.login.callback.handler.class",
        "sasl.client.callback.handler.class",
        "sasl.oauthbearer.token.endpoint.url",
        "sasl.oauthbearer.jwks.endpoint.url",
        "sasl.kerberos.kinit.cmd",
        "ssl.engine.factory.class",
        "ssl.provider",
        "ssl.truststore.certificates",
        "ssl.keystore.key",
        "security.providers",
        "client.dns.lookup",
        "socks.proxy",
        "transactional.id",
        "group.instance.id",
        "enable.auto.commit",
        "anything.else",
        "BOOTSTRAP.SERVERS",
        "bootstrap.servers ",
      })
  void clientSettingNotOnTheListIsRefusedByName(String key) {
    String script = script("'connection' = 'main', 'properties." + key + "' = 'evil-value'");
    assertThatThrownBy(() -> server.validate(script))
        .hasMessageContaining("unknown option 'properties." + key + "'")
        .hasMessageNotContaining("evil-value");
    String plain = script("'properties.bootstrap.servers'='h:1','properties." + key + "' = 'e'");
    assertThatThrownBy(() -> Scripts.plain().validate(plain))
        .hasMessageContaining("unknown option 'properties." + key + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "security.protocol",
        "sasl.jaas.config",
        "sasl.mechanism",
        "ssl.truststore.location",
        "ssl.keystore.location",
        "ssl.endpoint.identification.algorithm",
      })
  void addressOfAScriptIsRefusedInAServer(String key) {
    assertThatThrownBy(
            () -> server.validate(script("'properties." + key + "' = 'evil.example:9092'")))
        .hasMessageContaining("'properties." + key + "' is not allowed here")
        .hasMessageContaining("'connection' = one of main")
        .hasMessageNotContaining("evil.example");
    assertThatThrownBy(
            () ->
                server.validate(
                    script("'connection' = 'main', 'properties." + key + "' = 'evil.example'")))
        .hasMessageContaining("has both 'connection' and 'properties." + key + "'")
        .hasMessageNotContaining("evil.example");
  }

  @Test
  void unknownConnectionIsToldWithTheKnownOnes() {
    assertThatThrownBy(() -> server.validate(script("'connection' = 'other'")))
        .hasMessageContaining("there is no cluster 'other'; configured are main");
    assertThatThrownBy(() -> server.validate(script("'topic' = 'x'")))
        .hasMessageContaining("KAFKA-001");
  }

  @Test
  void settingsOfTheScriptNeverReplaceTheConfiguredOnes() {
    Cluster cluster =
        new Cluster(
            Optional.of("main"), Map.of("client.id", "mine", "bootstrap.servers", "evil:1"));
    assertThat(cluster.properties(servicesOf(server)))
        .containsEntry("bootstrap.servers", "localhost:1")
        .containsEntry("client.id", "mine");
    assertThat(cluster.toString()).isEqualTo("main");
  }

  private static Services servicesOf(Scripts scripts) {
    return scripts.request().services();
  }

  @Test
  void noSecretReachesAMessageOrItsCauses() {
    Scripts broken =
        Scripts.configured(
            Map.of(
                "bootstrap.servers", "localhost:1",
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", "hunter2 is no login module"));
    Throwable failure =
        catchThrowable(
            () -> broken.run(script("'connection' = 'main'").replace("FROM t", "FROM t")));
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    assertThat(failure).hasMessageContaining("cluster main");
    assertThat(text.toString()).doesNotContain("hunter2");
  }

  @Test
  void patternCannotRunAway() {
    assertThatThrownBy(
            () ->
                server.validate(
                    script("'connection' = 'main'")
                        .replace("'topic' = 'x'", "'topic-pattern' = '(a+)\\1'")))
        .hasMessageContaining("is not RE2");
  }

  @Test
  void classNamesAreNoPartitioners() {
    assertThatThrownBy(
            () ->
                server.validate(
                    script("'connection' = 'main', 'sink.partitioner' = 'com.evil.Partitioner'")))
        .hasMessageContaining("one of default, fixed, round-robin");
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    assertThat(
            Set.of(
                "'topic-pattern' = 'y'",
                "'value.format' = 'raw'",
                "'key.format' = 'raw'",
                "'key.fields' = 'v'",
                "'scan.startup.mode' = 'timestamp'",
                "'scan.bounded.mode' = 'specific-offsets'",
                "'scan.bounded.mode' = 'group-offsets'",
                "'sink.delivery-guarantee' = 'exactly-once'"))
        .allSatisfy(
            options ->
                assertThatThrownBy(
                        () -> server.validate(script("'connection' = 'main', " + options)))
                    .hasMessageContaining("KAFKA-"));
  }
}
