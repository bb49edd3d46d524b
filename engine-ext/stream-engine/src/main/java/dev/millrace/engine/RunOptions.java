// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.plan.Plan;
import dev.millrace.runtime.stage.DeadRow;
import dev.millrace.runtime.stage.DeadRows;
import dev.millrace.runtime.stage.MemoryBudget;
import dev.millrace.runtime.stage.RunErrors;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.option.Durations;
import dev.millrace.spi.option.MemorySizes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The {@code SET} keys that change how a plan runs.
 *
 * @param deadLetters rows that cannot be processed are put aside; else the first fails the run
 * @param commitRows a pipeline commits after so many rows read, at the latest
 * @param commitInterval a pipeline commits so long after its last commit, at the latest
 * @param maxStagedRows per transactional sink
 * @param masks columns that dead letters leave out
 * @param maxDeadLetters of a bounded run
 * @param maxDeadRate of what is read between two commits, from 0 to 1
 * @param maxRunTime of a run that is to end; a pipeline may run for ever
 * @param snapshotInterval between two snapshots of what a pipeline remembers
 * @param snapshotRows read since the last snapshot make the next one due, too
 * @param maxStateBytes of a snapshot
 * @param maxMemoryBytes of what operators remember while the run lasts
 * @param idleTimeout of silence until event time no longer waits for a source; zero for ever
 */
record RunOptions(
    boolean deadLetters,
    long commitRows,
    Duration commitInterval,
    long maxStagedRows,
    Masks masks,
    long maxDeadLetters,
    double maxDeadRate,
    Duration maxRunTime,
    Duration snapshotInterval,
    long snapshotRows,
    long maxStateBytes,
    long maxMemoryBytes,
    Duration idleTimeout) {
  static final String ON_DATA_ERROR = "millrace.on-data-error";
  static final String COMMIT_ROWS = "millrace.commit.rows";
  static final String COMMIT_INTERVAL = "millrace.commit.interval";
  static final String MAX_STAGED_ROWS = "millrace.max-staged-rows";
  static final String MASK = "millrace.mask";
  static final String MAX_DEAD_LETTERS = "millrace.max-dead-letters";
  static final String MAX_DEAD_RATE = "millrace.max-dead-letter-rate";
  static final String SNAPSHOT_INTERVAL = "millrace.snapshot.interval";
  static final String SNAPSHOT_ROWS = "millrace.snapshot.rows";
  static final String MAX_STATE_BYTES = "millrace.max-state-bytes";
  static final String MAX_MEMORY = "millrace.max-memory";
  static final String IDLE_TIMEOUT = "table.exec.source.idle-timeout";

  static final String MAX_RUN_TIME = "millrace.max-run-time";

  static RunOptions of(Plan plan) {
    Map<String, String> settings = plan.settings();
    return new RunOptions(
        read(settings, ON_DATA_ERROR, "fail", "fail or dead-letter", RunOptions::isDeadLetter),
        read(settings, COMMIT_ROWS, "10000", "a positive number", RunOptions::positive),
        read(settings, COMMIT_INTERVAL, "1 s", "a duration such as '1 s'", Durations::parse),
        read(settings, MAX_STAGED_ROWS, "1000000", "a positive number", RunOptions::positive),
        read(settings, MASK, "", "table.column, table.column, …", Masks::parse),
        read(settings, MAX_DEAD_LETTERS, "100000", "a positive number", RunOptions::positive),
        read(settings, MAX_DEAD_RATE, "1", "a number from 0 to 1", RunOptions::share),
        read(
            settings,
            MAX_RUN_TIME,
            plan.boundedness() == Boundedness.BOUNDED ? "1 d" : "36500 d",
            "a duration such as '10 min'",
            Durations::parse),
        read(settings, SNAPSHOT_INTERVAL, "10 s", "a duration such as '10 s'", Durations::parse),
        read(settings, SNAPSHOT_ROWS, "1000000", "a positive number", RunOptions::positive),
        read(settings, MAX_STATE_BYTES, "256 mb", "a size such as '256 mb'", MemorySizes::parse),
        read(
            settings,
            MAX_MEMORY,
            MemoryBudget.shareOfHeap() + " bytes",
            "a size such as '256 mb'",
            MemorySizes::parse),
        read(settings, IDLE_TIMEOUT, "30 s", "a duration such as '30 s'", Durations::parse));
  }

  private static <T> T read(
      Map<String, String> settings,
      String key,
      String otherwise,
      String expected,
      Function<String, T> parser) {
    String text = settings.getOrDefault(key, otherwise);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw EngineErrors.setting(key, text, expected);
    }
  }

  private static Boolean isDeadLetter(String text) {
    return switch (text) {
      case "fail" -> false;
      case "dead-letter" -> true;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Double share(String text) {
    double value = Double.parseDouble(text);
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static Long positive(String text) {
    long value = Long.parseLong(text);
    if (value < 1) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  /** What becomes of rows that cannot be processed. */
  DeadRows deadRows(RunRequest request) {
    if (!deadLetters || request.deadLetters().isEmpty()) {
      return row -> {
        throw RunErrors.row(row.text(), row.position(), row.cause());
      };
    }
    return new DeadLetters(request.deadLetters().get(), masks);
  }

  /** What becomes of them where the host keeps them until the only commit, at the end. */
  DeadRows deadRowsUntilTheEnd(RunRequest request) {
    DeadRows all = deadRows(request);
    AtomicLong count = new AtomicLong();
    return row -> {
      all.take(row);
      if (count.incrementAndGet() > maxDeadLetters) {
        throw EngineErrors.tooManyDeadLetters(MAX_DEAD_LETTERS, maxDeadLetters);
      }
    };
  }

  private record DeadLetters(Consumer<DeadLetter> consumer, Masks masks) implements DeadRows {
    @Override
    public void take(DeadRow row) {
      consumer.accept(masks.letter(row));
    }
  }
}
