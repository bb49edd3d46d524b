// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import static dev.millrace.connector.avro.Messages.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfluentFormatTest {
  private static final RowType ORDER =
      RowType.of(
          new Column("id", DataType.BIGINT.notNull()),
          new Column("name", DataType.STRING),
          new Column("note", DataType.STRING));

  private TestRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = new TestRegistry();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Messages table(RowType table, String... options) {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "connection";
    all[options.length + 1] = "main";
    return Messages.of(new ConfluentFactory().connectedTo(registry.services()), table, all);
  }

  /** A record as a client of the registry writes it. */
  private static byte[] written(int id, String schema, Object... values) throws IOException {
    Schema writer = new Schema.Parser().parse(schema);
    GenericData.Record record = new GenericData.Record(writer);
    for (int i = 0; i < values.length; i++) {
      record.put(i, values[i]);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<>(writer).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static String shop(String fields) {
    return "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"com.shop\",\"fields\":["
        + fields
        + "]}";
  }

  private static String field(String name, String type) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
  }

  @Test
  void whatIsWrittenIsRegisteredOnceAndReadAgain() throws IOException {
    registry.registersAs("orders-value", 7);
    Messages orders = table(ORDER, "subject", "orders-value");
    List<byte[]> messages = orders.write(row(1L, "a", null), row(2L, null, "b"));
    assertThat(messages.get(0)).startsWith(0, 0, 0, 0, 7);
    registry.holds(7, TableSchema.of(ORDER, Dialect.AVRO).schema().toString());
    assertThat(orders.read(messages)).containsExactly("+I[1, a, null]", "+I[2, null, b]");
    assertThat(registry.asked)
        .hasSize(2)
        .satisfies(
            asked ->
                assertThat(asked.get(0))
                    .startsWith("POST /subjects/orders-value/versions {\"schema\":\"{"));
    assertThat(registry.asked.get(1)).isEqualTo("GET /schemas/ids/7");
  }

  @Test
  void schemaMayHaveFieldsAddedLeftOutReorderedAndPromoted() throws IOException {
    String first = shop(field("id", "\"int\""));
    String second =
        shop(
            field("note", "\"string\"")
                + ","
                + field("lines", "{\"type\":\"array\",\"items\":\"string\"}")
                + ","
                + field("name", "[\"string\",\"null\"]")
                + ","
                + field("id", "\"int\""));
    registry.holds(1, first);
    registry.holds(2, second);
    byte[] older = written(1, first, 5);
    byte[] newer = written(2, second, "n", List.of("x", "y"), "a", 6);
    assertThat(table(ORDER).read(older, newer, older))
        .containsExactly("+I[5, null, null]", "+I[6, a, n]", "+I[5, null, null]");
    assertThat(registry.asked).containsExactly("GET /schemas/ids/1", "GET /schemas/ids/2");
  }

  @Test
  void defaultOfTheGivenSchemaStandsForAFieldThatWasNotWritten() throws IOException {
    RowType table =
        RowType.of(
            new Column("id", DataType.BIGINT.notNull()),
            new Column("state", DataType.STRING.notNull()));
    String given =
        shop(
            field("id", "\"long\"")
                + ",{\"name\":\"state\",\"default\":\"NEW\",\"type\":{\"type\":\"enum\",\"name\":\"S\",\"symbols\":[\"NEW\",\"OLD\"]}}");
    String first = shop(field("id", "\"int\""));
    registry.holds(1, first);
    registry.registersAs("s", 2);
    registry.holds(2, given);
    Messages orders = table(table, "schema", given, "subject", "s");
    assertThat(orders.read(written(1, first, 5))).containsExactly("+I[5, NEW]");
    assertThat(orders.read(orders.write(row(6L, "OLD")))).containsExactly("+I[6, OLD]");
    assertThatThrownBy(() -> orders.write(row(6L, "LOST")))
        .hasMessageContaining("column 'state': 'LOST'");
  }

  @Test
  void columnThatIsNeverNullAndWasNotWrittenMakesTheRecordBad() throws IOException {
    String first = shop(field("name", "\"string\""));
    registry.holds(1, first);
    assertThat(table(ORDER).read(written(1, first, "x")))
        .singleElement()
        .satisfies(bad -> assertThat(bad).contains("missing required field id"));
  }

  @Test
  void unitsAndScalesOfTheWriterAreConverted() throws IOException {
    RowType table =
        RowType.of(
            new Column("ts", DataType.timestamp(3)), new Column("d", DataType.decimal(10, 2)));
    String micros =
        shop(
            field("ts", "[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}]")
                + ","
                + field(
                    "d",
                    "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":10,\"scale\":1}"));
    registry.holds(1, micros);
    byte[] message =
        written(
            1,
            micros,
            1_700_000_000_123_456L,
            ByteBuffer.wrap(new BigDecimal("12.5").unscaledValue().toByteArray()));
    assertThat(table(table).read(message)).containsExactly("+I[2023-11-14T22:13:20.123, 12.50]");
  }

  @Test
  void schemasThatReferToOthersAreFollowed() throws IOException {
    String item =
        "{\"type\":\"record\",\"name\":\"Item\",\"namespace\":\"com.shop\",\"fields\":["
            + field("sku", "\"string\"")
            + "]}";
    registry.says(
        "GET /schemas/ids/1",
        200,
        "{\"schema\":%s,\"references\":[{\"name\":\"com.shop.Item\",\"subject\":\"item\",\"version\":3}]}"
            .formatted(
                quoted(shop(field("item", "\"com.shop.Item\"") + "," + field("id", "\"int\"")))));
    registry.says(
        "GET /subjects/item/versions/3",
        200,
        "{\"subject\":\"item\",\"version\":3,\"id\":9,\"schema\":" + quoted(item) + "}");
    byte[] message = {0, 0, 0, 0, 1, 4, 'a', 'b', 10};
    assertThat(table(ORDER).read(message)).containsExactly("+I[5, null, null]");
  }

  private static String quoted(String json) {
    return "\"" + json.replace("\"", "\\\"") + "\"";
  }

  @Test
  void recordWithoutTheNumberOfASchemaIsBadAndNobodyIsAsked() throws IOException {
    assertThat(
            table(ORDER)
                .read(
                    new byte[] {1, 2},
                    new byte[] {0, 0, 0, 0},
                    new byte[] {0, -1, -1, -1, -1, 2},
                    new byte[] {0, -128, 0, 0, 0, 2}))
        .hasSize(4)
        .allSatisfy(bad -> assertThat(bad).contains("does not start with the byte 0"));
    assertThat(registry.asked).isEmpty();
  }

  @Test
  void numberThatNobodyComesToKnowHoldsUpNothingForLong() throws IOException {
    AtomicLong nowNs = new AtomicLong();
    Messages orders =
        Messages.of(
            new ConfluentFactory(registry.services(), nowNs::get), ORDER, "connection", "main");
    var decoder = orders.factory().decoding(ORDER, orders.options()).messages();
    List<byte[]> made = List.of(new byte[] {0, 0, 0, 0, 9, 10});
    assertThatThrownBy(() -> orders.read(decoder, made)).isInstanceOf(UnansweredException.class);
    nowNs.addAndGet(59_000_000_000L);
    assertThatThrownBy(() -> orders.read(decoder, made)).isInstanceOf(UnansweredException.class);
    nowNs.addAndGet(1_000_000_000L);
    assertThat(orders.read(decoder, made))
        .singleElement()
        .asString()
        .contains("schema 9 of the registry is not there", "/schemas/ids/9 was answered 404");
  }

  /** A registry may lag behind who writes. */
  @Test
  void recordOfASchemaTheRegistryDoesNotKnowYetWaitsForIt() throws IOException {
    Messages orders = table(ORDER);
    var decoder = orders.factory().decoding(ORDER, orders.options()).messages();
    List<byte[]> message = List.of(new byte[] {0, 0, 0, 0, 9, 10});
    assertThatThrownBy(() -> orders.read(decoder, message))
        .isInstanceOf(UnansweredException.class)
        .hasMessageContaining(registry.url() + "/schemas/ids/9 was answered 404: the registry does")
        .hasMessageContaining("not know that, or not yet");
    registry.holds(9, shop(field("id", "\"int\"")));
    assertThat(orders.read(decoder, message)).containsExactly("+I[5, null, null]");
  }

  @Test
  void recordOfASchemaThatRefersToOneNotThereYetWaitsForIt() {
    registry.says(
        "GET /schemas/ids/1",
        200,
        "{\"schema\":\"x\",\"references\":[{\"name\":\"Item\",\"subject\":\"item\",\"version\":3}]}");
    assertThatThrownBy(() -> table(ORDER).read(new byte[] {0, 0, 0, 0, 1, 10}))
        .isInstanceOf(UnansweredException.class)
        .hasMessageContaining("/subjects/item/versions/3 was answered 404");
  }

  @Test
  void schemaThatIsNoneOfAvroIsBad() throws IOException {
    registry.says("GET /schemas/ids/1", 200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"x\"}");
    registry.holds(2, "\"int\"");
    assertThat(table(ORDER).read(new byte[] {0, 0, 0, 0, 1, 2}, new byte[] {0, 0, 0, 0, 2, 2}))
        .satisfiesExactly(
            bad -> assertThat(bad).contains("schema 1 of the registry").contains("not one of Avro"),
            bad -> assertThat(bad).contains("schema 2 of the registry").contains("no record"));
  }

  /** It is no dead letter: the same record will be read when the registry is back. */
  @Test
  void registryThatRefusesToAnswerStopsTheReader() {
    registry.says("GET /schemas/ids/1", 401, "{}");
    assertThatThrownBy(() -> table(ORDER).read(new byte[] {0, 0, 0, 0, 1, 2}))
        .isInstanceOf(UnansweredException.class)
        .hasMessageContaining("was answered 401: the registry's configured credentials");
    registry.says("GET /schemas/ids/2", 302, "");
    assertThatThrownBy(() -> table(ORDER).read(new byte[] {0, 0, 0, 0, 2, 2}))
        .isInstanceOf(UnansweredException.class)
        .hasMessageContaining("redirect");
    registry.says("GET /schemas/ids/3", 200, "x".repeat(3 << 20));
    assertThatThrownBy(() -> table(ORDER).read(new byte[] {0, 0, 0, 0, 3, 2}))
        .isInstanceOf(UnansweredException.class)
        .hasMessageContaining("larger than");
    registry.says("GET /schemas/ids/4", 200, "{\"login\":\"please\"}");
    assertThatThrownBy(() -> table(ORDER).read(new byte[] {0, 0, 0, 0, 4, 2}))
        .isInstanceOf(UnansweredException.class)
        .hasMessageContaining("answered without a schema");
    registry.says("POST /subjects/s/versions", 409, "{}");
    assertThatThrownBy(() -> table(ORDER, "subject", "s").write(row(1L, "a", null)))
        .isInstanceOf(UnansweredException.class)
        .hasMessageContaining("not compatible with those registered before");
  }

  @Test
  void privateAddressMustBeConfiguredAsSuch() {
    registry.settings.remove("allow-private");
    assertThatThrownBy(() -> table(ORDER).read(new byte[] {0, 0, 0, 0, 1, 2}))
        .isInstanceOf(UnansweredException.class)
        .hasMessageContaining("private");
    assertThat(registry.asked).isEmpty();
  }

  @Test
  void credentialsAreThoseConfiguredWhenItIsAsked() throws IOException {
    Messages orders = table(ORDER);
    registry.holds(1, shop(field("id", "\"int\"")));
    registry.holds(2, shop(field("id", "\"int\"")));
    registry.settings.put("token", "first");
    var decoder = orders.factory().decoding(ORDER, orders.options()).messages();
    orders.read(decoder, List.of(new byte[] {0, 0, 0, 0, 1, 2}));
    registry.settings.put("token", "second");
    orders.read(decoder, List.of(new byte[] {0, 0, 0, 0, 2, 2}));
    assertThat(registry.logins).containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void scriptInAServerNamesNoHostAndNoCredential() {
    for (String key : List.of("url", "basic-auth.user-info", "bearer-auth.token")) {
      Messages plain =
          Messages.of(
              new ConfluentFactory().connectedTo(registry.services()),
              ORDER,
              "url",
              "http://evil.example",
              key,
              "http://evil.example");
      assertThatThrownBy(plain::read)
          .hasMessageContaining("is not allowed here")
          .hasMessageContaining("one of main")
          .hasMessageNotContaining("evil");
      if (!key.equals("url")) {
        assertThatThrownBy(() -> table(ORDER, key, "evil").read())
            .hasMessageContaining("there are both 'avro-confluent.connection' and")
            .hasMessageNotContaining("evil");
      }
    }
    assertThatThrownBy(
            () ->
                Messages.of(
                        new ConfluentFactory().connectedTo(registry.services()),
                        ORDER,
                        "connection",
                        "other")
                    .read())
        .hasMessageContaining("there is no registry 'other'; configured are main");
    assertThatThrownBy(() -> Messages.of(new ConfluentFactory(), ORDER).read())
        .hasMessageContaining("needs a registry");
    assertThat(registry.asked).isEmpty();
  }

  @Test
  void commandLineNamesTheRegistryItself() throws IOException {
    registry.registersAs("s", 1);
    Messages orders =
        Messages.of(
            new ConfluentFactory()
                .connectedTo(Services.none().with(PlainAddresses.class, address -> true)),
            ORDER,
            "url",
            registry.url(),
            "basic-auth.credentials-source",
            "USER_INFO",
            "basic-auth.user-info",
            "me:it",
            "subject",
            "s");
    assertThat(orders.write(row(1L, null, null))).hasSize(1);
    assertThat(registry.logins)
        .containsExactly(
            "Basic "
                + Base64.getEncoder().encodeToString("me:it".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void givenSchemaMustSayWhatTheTableSays() {
    assertThatThrownBy(() -> table(ORDER, "schema", shop(field("id", "\"long\""))).read())
        .hasMessageContaining("does not match the table")
        .hasMessageContaining("[id BIGINT NOT NULL]");
    assertThatThrownBy(() -> table(ORDER, "schema", "{").read())
        .hasMessageContaining("'avro-confluent.schema' cannot be used");
  }

  /** Avro writes a branch there, though there is no other. */
  @Test
  void unionOfOneTypeInAGivenSchemaIsRefusedByName() {
    RowType id = RowType.of(new Column("id", DataType.BIGINT.notNull()));
    String given = shop(field("id", "[\"long\"]"));
    assertThatThrownBy(() -> table(id, "schema", given, "subject", "s").write(row(1L)))
        .hasMessageContaining("'avro-confluent.schema' cannot be used: field 'id' is a union")
        .hasMessageContaining("\"long\"");
  }

  @Test
  void typeIsRefusedWithAdviceThatCanBeFollowed() throws IOException {
    RowType micros = RowType.of(new Column("a", DataType.timestamp(6).notNull()));
    assertThatThrownBy(() -> table(micros).read())
        .hasMessageContaining("format 'avro-confluent' cannot hold column 'a' of type TIMESTAMP(6)")
        .hasMessageContaining("unless 'avro-confluent.schema' says timestamp-micros");
    String given = shop(field("a", "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}"));
    registry.registersAs("s", 1);
    registry.holds(1, given);
    Messages followed = table(micros, "schema", given, "subject", "s");
    LocalDateTime time = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000);
    assertThat(followed.read(followed.write(row(time))))
        .containsExactly("+I[2026-01-02T03:04:05.678901]");
    RowType instant = RowType.of(new Column("a", DataType.timestampLtz(3)));
    assertThatThrownBy(() -> table(instant).read())
        .hasMessageContaining("declare it TIMESTAMP(3)")
        .hasMessageNotContaining("legacy");
    assertThatThrownBy(() -> table(RowType.of(new Column("a b", DataType.INT))).read())
        .hasMessageContaining("format 'avro-confluent' cannot hold column 'a b'");
  }

  @Test
  void withoutSubjectNothingIsWritten() {
    assertThatThrownBy(() -> table(ORDER).write(row(1L, null, null)))
        .hasMessageContaining("'avro-confluent.subject' must say");
    assertThatThrownBy(() -> table(ORDER, "subject", "..").write(row(1L, null, null)))
        .hasMessageContaining("'avro-confluent.subject' must be a name");
  }
}
