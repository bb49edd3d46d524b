// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import dev.millrace.spi.connector.FileRoots;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.MessagesOnly;
import dev.millrace.spi.option.ConfigOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code 'connector' = 'filesystem'}: files of a format, read and written. */
public final class FilesystemFactory implements SourceFactory, SinkFactory {
  static final String IDENTIFIER = "filesystem";
  static final ConfigOption<String> PATH =
      ConfigOption.string(
          "path",
          "The file or folder to read, or the folder to write into. In a server"
              + " '<root>/<path below it>' with a configured root.");
  private static final String ONE_FILE =
      "Accepted and without meaning: a run writes one file and shows it when complete.";
  private static final Set<ConfigOption<?>> OPTIONAL =
      Set.of(
          ConfigOption.string(
              "source.report-statistics", "Accepted and without meaning: nothing plans by them."),
          ConfigOption.string("sink.rolling-policy.file-size", ONE_FILE),
          ConfigOption.duration("sink.rolling-policy.rollover-interval", ONE_FILE),
          ConfigOption.duration("sink.rolling-policy.inactivity-interval", ONE_FILE),
          ConfigOption.duration("sink.rolling-policy.check-interval", ONE_FILE),
          ConfigOption.integer("sink.parallelism", ONE_FILE));

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(PATH);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return OPTIONAL;
  }

  @Override
  public List<String> formatOptions() {
    return List.of("format");
  }

  @Override
  public TableSource source(TableContext table) {
    DecodingFormat format = table.decodingFormat();
    refuseMessages(table, format);
    return new FileSource(
        table.name(), table.schema(), table.options().get(PATH), path(table), format);
  }

  @Override
  public TableSink sink(TableContext table) {
    EncodingFormat format = table.encodingFormat();
    refuseMessages(table, format);
    return new FileSink(table.name(), path(table), format, name(table));
  }

  private static void refuseMessages(TableContext table, Object format) {
    if (format instanceof MessagesOnly) {
      throw FilesystemErrors.messagesOnly(table.name(), name(table));
    }
  }

  private static String name(TableContext table) {
    return table.options().values().getOrDefault("format", "data");
  }

  private static Path path(TableContext table) {
    return table
        .services()
        .find(FileRoots.class)
        .orElseThrow(() -> FilesystemErrors.noFilesOffered(table.name()))
        .resolve(table.options().get(PATH));
  }
}
