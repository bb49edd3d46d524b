// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.connector.ConnectedFormatFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * {@code 'format' = 'avro-confluent'}: each record names the schema it was written with, which a
 * registry holds; what the table says is what it is read as.
 */
public final class ConfluentFactory implements ConnectedFormatFactory {
  static final ConfigOption<String> SUBJECT =
      ConfigOption.string(
          "subject",
          "The name under which the schema is registered that is written; <topic>-value or"
              + " <topic>-key where a table has a single topic.");
  static final ConfigOption<String> SCHEMA =
      ConfigOption.string(
          "schema",
          "The schema to read as and to write, if not the one that follows from the columns. It"
              + " must match them.");

  private final Services services;
  private final LongSupplier nanoClock;

  /** Knows no registry yet. */
  public ConfluentFactory() {
    this(Services.none(), System::nanoTime);
  }

  /**
   * @param nanoClock tells how long a schema has been waited for
   */
  ConfluentFactory(Services services, LongSupplier nanoClock) {
    this.services = services;
    this.nanoClock = nanoClock;
  }

  @Override
  public FormatFactory connectedTo(Services offered) {
    return new ConfluentFactory(offered, nanoClock);
  }

  @Override
  public String identifier() {
    return "avro-confluent";
  }

  @Override
  public Set<ConfigOption<?>> options() {
    return Set.of(
        RegistryAddress.CONNECTION,
        RegistryAddress.URL,
        RegistryAddress.BASIC_SOURCE,
        RegistryAddress.BASIC,
        RegistryAddress.BEARER_SOURCE,
        RegistryAddress.BEARER,
        SUBJECT,
        SCHEMA);
  }

  @Override
  public DecodingFormat decoding(RowType schema, Options options) {
    SchemaRegistry registry = registry(options);
    TableSchema table = table(schema, options);
    return new AvroFactory.Decoding(() -> new AvroMessages(new RegisteredRecords(table, registry)));
  }

  @Override
  public EncodingFormat encoding(RowType schema, Options options) {
    SchemaRegistry registry = registry(options);
    TableSchema table = table(schema, options);
    String subject = options.find(SUBJECT).orElseThrow(AvroErrors::noSubject);
    if (subject.isBlank() || subject.equals(".") || subject.equals("..")) {
      throw AvroErrors.badOption(SUBJECT.key(), "a name");
    }
    return new AvroFactory.Writing(
        () ->
            new AvroRecords(
                table,
                AvroFactory.Encoding.BINARY,
                out -> RegisteredRecords.writeHead(registry.idOf(subject, table.schema()), out)));
  }

  private SchemaRegistry registry(Options options) {
    return new SchemaRegistry(new RegistryClient(RegistryAddress.of(options, services)), nanoClock);
  }

  private static TableSchema table(RowType schema, Options options) {
    return options
        .find(SCHEMA)
        .map(text -> TableSchema.given(schema, givenSchema(text)))
        .orElseGet(() -> TableSchema.of(schema, Dialect.CONFLUENT));
  }

  private static Schema givenSchema(String text) {
    try {
      return ForeignSchema.parse(text, List.of());
    } catch (IllegalArgumentException e) {
      throw AvroErrors.badSchemaOption("cannot be used: " + e.getMessage(), e);
    }
  }
}
