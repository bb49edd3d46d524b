// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.LookupTable;
import dev.millrace.spi.connector.MetadataColumns;
import dev.millrace.spi.connector.MetadataKey;
import dev.millrace.spi.connector.ProjectableSource;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Connectors that can be planned with and not run. */
final class FakeConnectors {
  static final ConfigOption<Integer> ROWS = ConfigOption.integer("rows", "how many");
  static final ConfigOption<String> PATH = ConfigOption.string("path", "where");

  private FakeConnectors() {}

  static ScriptPlanner planner() {
    return new ScriptPlanner(
        List.of(
            new Stream(),
            new Changes(),
            new Whole(),
            new Files(),
            new Lookup(),
            new Sink("append", ChangelogMode.INSERT_ONLY),
            new Sink("upsert", ChangelogMode.UPSERT),
            new Sink("any", ChangelogMode.ALL),
            new Broker()),
        List.of(new Csv()),
        Services.none());
  }

  /** Unbounded, inserts only. */
  static class Stream implements SourceFactory {
    @Override
    public String identifier() {
      return "stream";
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
      return Set.of(ROWS);
    }

    @Override
    public TableSource source(TableContext table) {
      if (table.options().find(ROWS).orElse(1) < 0) {
        throw new MillraceException(
            ErrorCode.of("FAKE", ErrorCategory.SQL, 1), "rows must not be negative");
      }
      return new Source(ChangelogMode.INSERT_ONLY);
    }
  }

  /** Unbounded, all kinds of change. */
  static final class Changes extends Stream {
    @Override
    public String identifier() {
      return "changes";
    }

    @Override
    public TableSource source(TableContext table) {
      return new Source(ChangelogMode.ALL);
    }
  }

  /** Reads all columns or none. */
  static final class Whole extends Stream {
    @Override
    public String identifier() {
      return "whole";
    }

    @Override
    public TableSource source(TableContext table) {
      return new Source(ChangelogMode.INSERT_ONLY) {
        @Override
        public Optional<TableSource> project(int[] columns) {
          return Optional.empty();
        }
      };
    }
  }

  /** Takes a format. */
  static final class Files implements SourceFactory, SinkFactory {
    @Override
    public String identifier() {
      return "files";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
      return Set.of(PATH);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
      return Set.of();
    }

    @Override
    public List<String> formatOptions() {
      return List.of("format");
    }

    @Override
    public TableSource source(TableContext table) {
      table.decodingFormat();
      return new Source(ChangelogMode.INSERT_ONLY);
    }

    @Override
    public TableSink sink(TableContext table) {
      table.encodingFormat();
      return new FakeSink(ChangelogMode.INSERT_ONLY);
    }
  }

  /** Can be asked by key. */
  static final class Lookup implements SourceFactory {
    @Override
    public String identifier() {
      return "lookup";
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
      return Set.of();
    }

    @Override
    public TableSource source(TableContext table) {
      return new LookupSource();
    }
  }

  record Sink(String identifier, ChangelogMode accepts) implements SinkFactory {
    @Override
    public Set<ConfigOption<?>> optionalOptions() {
      return Set.of();
    }

    @Override
    public TableSink sink(TableContext table) {
      return new FakeSink(accepts);
    }
  }

  /** Knows more of its rows than their columns. */
  static final class Broker extends Stream implements SinkFactory, MetadataColumns {
    @Override
    public String identifier() {
      return "broker";
    }

    @Override
    public List<MetadataKey> metadataKeys() {
      return List.of(
          new MetadataKey("offset", DataType.BIGINT.notNull(), false, ""),
          new MetadataKey("timestamp", DataType.timestampLtz(3).notNull(), true, ""),
          new MetadataKey("header.#", DataType.BYTES, true, ""));
    }

    @Override
    public TableSink sink(TableContext table) {
      return new FakeSink(ChangelogMode.ALL);
    }
  }

  static final class Csv implements FormatFactory {
    @Override
    public String identifier() {
      return "csv";
    }

    @Override
    public Set<ConfigOption<?>> options() {
      return Set.of(ConfigOption.string("field-delimiter", "between fields"));
    }

    @Override
    public DecodingFormat decoding(RowType schema, Options options) {
      return null;
    }

    @Override
    public EncodingFormat encoding(RowType schema, Options options) {
      return null;
    }
  }

  private static class Source implements ProjectableSource {
    private final ChangelogMode mode;

    Source(ChangelogMode mode) {
      this.mode = mode;
    }

    @Override
    public Boundedness boundedness() {
      return Boundedness.UNBOUNDED;
    }

    @Override
    public ChangelogMode changelogMode() {
      return mode;
    }

    @Override
    public Optional<TableSource> project(int[] columns) {
      return Optional.of(new Source(mode));
    }

    @Override
    public RowSource open(SourceContext context) {
      throw new UnsupportedOperationException("planned only");
    }
  }

  private static final class LookupSource extends Source implements LookupTable {
    LookupSource() {
      super(ChangelogMode.INSERT_ONLY);
    }

    @Override
    public RowLookup openLookup(int[] keyColumns, SourceContext context) {
      throw new UnsupportedOperationException("planned only");
    }
  }

  private record FakeSink(ChangelogMode accepts) implements TableSink {
    @Override
    public EffectClass effectClass() {
      return EffectClass.values()[0];
    }

    @Override
    public RowSink open(SinkContext context) {
      throw new UnsupportedOperationException("planned only");
    }
  }
}
