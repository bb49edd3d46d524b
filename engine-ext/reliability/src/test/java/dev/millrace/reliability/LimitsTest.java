// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.engine.RunRequest;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.connector.FileRoots;
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
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is too much of: a named error, or nothing at all, and never silence. */
class LimitsTest {
  private static final int RING_SLOTS = 16;
  private static final int BIG_ROW_BYTES = 64 << 20;

  @TempDir Path folder;

  private LocalStreamEngine engine(ConnectorFactory... more) {
    Services services = Services.none().with(FileRoots.class, folder::resolve);
    return LocalStreamEngine.discovering(List.of(more), services, Clock.systemUTC());
  }

  private static void run(LocalStreamEngine engine, String sql) throws InterruptedException {
    engine.run(engine.validate("limits.sql", sql), RunRequest.standalone());
  }

  /** A source that makes rows of a kilobyte as fast as they are taken, and a sink that counts. */
  private static final class Measured implements SourceFactory, SinkFactory {
    private static final int ROW_CHARS = 1000;

    private final long rows;
    private final long nanosPerBatch;
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private long mostInFlight;
    private long mostHeap;
    private int capacity;

    Measured(long rows, long nanosPerBatch) {
      this.rows = rows;
      this.nanosPerBatch = nanosPerBatch;
    }

    @Override
    public String identifier() {
      return "measured";
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
      return Set.of();
    }

    @Override
    public TableSource source(TableContext table) {
      return new TableSource() {
        @Override
        public Boundedness boundedness() {
          return Boundedness.BOUNDED;
        }

        @Override
        public boolean blocks() {
          return true;
        }

        @Override
        public RowSource open(SourceContext context) {
          return batch -> make(batch);
        }
      };
    }

    private RowSource.Status make(RowBatch batch) {
      capacity = batch.capacity();
      while (!batch.isFull() && made.get() < rows) {
        char[] text = new char[ROW_CHARS];
        java.util.Arrays.fill(text, (char) ('a' + made.get() % 26));
        batch.setString(batch.add(ChangeKind.INSERT), 0, new String(text));
        made.incrementAndGet();
      }
      return made.get() == rows ? RowSource.Status.END : RowSource.Status.MORE;
    }

    @Override
    public TableSink sink(TableContext table) {
      return new TableSink() {
        @Override
        public ChangelogMode accepts() {
          return ChangelogMode.INSERT_ONLY;
        }

        @Override
        public EffectClass effectClass() {
          return EffectClass.FINAL;
        }

        @Override
        public RowSink open(SinkContext context) {
          return new RowSink() {
            @Override
            public void write(RowBatch batch) {
              take(batch);
            }
          };
        }
      };
    }

    private void take(RowBatch batch) {
      mostInFlight = Math.max(mostInFlight, made.get() - written.get());
      written.addAndGet(batch.size());
      LockSupport.parkNanos(nanosPerBatch);
      if (nanosPerBatch > 0) {
        mostHeap = Math.max(mostHeap, usedHeap());
      }
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void aSinkSlowedAThousandfoldHoldsNoMoreThanTheRing() throws Exception {
    String sql =
        """
        CREATE TABLE fast (word STRING) WITH ('connector' = 'measured');
        CREATE TABLE slow (word STRING) WITH ('connector' = 'measured');
        INSERT INTO slow SELECT word FROM fast;
        """;
    long rows = Scale.of(60_000, 600_000);
    Measured quick = new Measured(rows, 0);
    long start = System.nanoTime();
    run(engine(quick), sql);
    long nanosPerBatch = (System.nanoTime() - start) * quick.capacity / rows;
    long idle = usedHeap();
    Measured slow = new Measured(rows, Math.min(1000 * nanosPerBatch, 50_000_000));
    run(engine(slow), sql);
    assertThat(slow.written.get()).isEqualTo(rows);
    long ring = (long) RING_SLOTS * slow.capacity;
    assertThat(slow.mostInFlight).isLessThanOrEqualTo(ring + slow.capacity);
    long bound = (ring + slow.capacity) * (Measured.ROW_CHARS + 56);
    assertThat(slow.mostHeap - idle).isLessThan(bound * 11 / 10);
    Scale.print(
        "slow sink",
        "%d rows: at most %d in flight (the ring holds %d), heap %+d KB (bound %d KB)",
        rows,
        slow.mostInFlight,
        ring,
        (slow.mostHeap - idle) >> 10,
        bound >> 10);
  }

  @Test
  void aRowOf64MegabytesIsANamedError() throws Exception {
    Path file = folder.resolve("big.csv");
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("1,small\n2,");
      String part = "x".repeat(1 << 20);
      for (int i = 0; i < BIG_ROW_BYTES >> 20; i++) {
        out.write(part);
      }
      out.write("\n3,small\n");
    }
    for (String onError : new String[] {"fail", "dead-letter"}) {
      assertThatThrownBy(
              () ->
                  run(
                      engine(),
                      """
                      SET 'millrace.on-data-error' = '%s';
                      CREATE TABLE big (n INT, word STRING) WITH (
                        'connector' = 'filesystem', 'path' = 'big.csv', 'format' = 'csv');
                      CREATE TABLE out_files (n INT, word STRING) WITH (
                        'connector' = 'filesystem', 'path' = 'out', 'format' = 'csv');
                      INSERT INTO out_files SELECT n, word FROM big;
                      """
                          .formatted(onError)))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DATA))
          .hasMessageContaining("big.csv:2");
      assertThat(visible(folder.resolve("out"))).isEmpty();
    }
  }

  @Test
  void aFullDiskIsANamedErrorAndLeavesNoFile() throws Exception {
    Path out = Files.createDirectory(folder.resolve("out"));
    Process process =
        new ProcessBuilder(FullDisk.command(folder)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("MR-", "CONNECTOR");
    assertThat(process.exitValue()).as(said).isEqualTo(FullDisk.REFUSED);
    assertThat(visible(out)).isEmpty();
  }

  @Test
  void aRunThatTakesTooLongIsANamedErrorWithTheKeyToRaise() {
    assertThatThrownBy(
            () ->
                run(
                    engine(),
                    """
                    SET 'millrace.max-run-time' = '200 ms';
                    CREATE TABLE numbers (n BIGINT) WITH (
                      'connector' = 'datagen', 'number-of-rows' = '100000',
                      'rows-per-second' = '100');
                    CREATE TABLE out_files (n BIGINT) WITH (
                      'connector' = 'filesystem', 'path' = 'out', 'format' = 'csv');
                    INSERT INTO out_files SELECT n FROM numbers;
                    """))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.category()).isEqualTo(ErrorCategory.RESOURCE))
        .hasMessageContaining("200 ms")
        .hasMessageContaining("millrace.max-run-time");
  }

  private static List<String> visible(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
