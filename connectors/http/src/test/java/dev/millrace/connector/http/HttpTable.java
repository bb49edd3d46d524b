// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.format.CsvFactory;
import dev.millrace.connector.format.JsonFactory;
import dev.millrace.spi.connector.Endpoints;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A declared table of the configured host 'shop'. */
record HttpTable(RowType schema, Map<String, String> given, Services services)
    implements TableContext {
  /**
   * @param options keys and values in turn, besides connection, path and format
   */
  static HttpTable of(Server server, RowType schema, String path, String... options) {
    Map<String, String> given = new HashMap<>();
    given.put("connection", "shop");
    given.put("url-path", path);
    given.put("format", "json");
    given.put("request.retry-delay", "1 ms");
    for (int i = 0; i < options.length; i += 2) {
      given.put(options[i], options[i + 1]);
    }
    return new HttpTable(
        schema, given, Services.none().with(Endpoints.class, new Shop(server.url() + "/v1")));
  }

  HttpTable without(String option) {
    Map<String, String> fewer = new HashMap<>(given);
    fewer.remove(option);
    return new HttpTable(schema, fewer, services);
  }

  HttpSource source() {
    return (HttpSource) new HttpFactory().source(this);
  }

  @Override
  public String name() {
    return "t";
  }

  @Override
  public List<String> metadataKeys() {
    return Arrays.asList(new String[schema.size()]);
  }

  @Override
  public int[] primaryKey() {
    return new int[0];
  }

  @Override
  public Options options() {
    return new Options(given);
  }

  private FormatFactory format() {
    return given.get("format").equals("csv") ? new CsvFactory() : new JsonFactory();
  }

  @Override
  public DecodingFormat decodingFormat(String option, RowType columns) {
    return format().decoding(columns, new Options(Map.of()));
  }

  @Override
  public EncodingFormat encodingFormat(String option, RowType columns) {
    return format().encoding(columns, new Options(Map.of()));
  }

  /** What the host has configured. */
  private record Shop(String url) implements Endpoints {
    @Override
    public Optional<Map<String, String>> find(String kind, String name) {
      return kind.equals("http") && name.equals("shop")
          ? Optional.of(Map.of("url", url, "allow-private", "true"))
          : Optional.empty();
    }

    @Override
    public Set<String> names(String kind) {
      return Set.of("shop");
    }
  }

  /** Keeps dead letters. */
  static final class Context implements SourceContext {
    final List<String> dead = new ArrayList<>();

    @Override
    public Services services() {
      return Services.none();
    }

    @Override
    public void deadLetter(String record, String position, Exception cause) {
      dead.add(position + " " + record);
    }
  }

  static List<String> rows(RowBatch batch) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      rows.add(batch.rowToString(row));
    }
    return rows;
  }
}
