// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.history;

import dev.millrace.connector.process.HistoryColumns;
import dev.millrace.connector.process.ReadsHistory;
import dev.millrace.store.HistoryLog;
import dev.millrace.store.StoredChannels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether pipelines are deployed that read history, and which variables' values they ask for.
 * Thread-safe. A node learns at once of those deployed on it, of others when it {@linkplain #run
 * looks}.
 */
public final class HistoryReaders implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryReaders.class);
  private static final String SEPARATOR = ";";

  private final StoredChannels channels;
  private volatile boolean any;
  private volatile Set<String> variables = Set.of();

  public HistoryReaders(StoredChannels channels) {
    this.channels = channels;
  }

  /** Whether anybody reads history. */
  boolean any() {
    return any;
  }

  boolean asksFor(String variable) {
    Set<String> asked = variables;
    return asked.contains(HistoryColumns.ALL) || asked.contains(variable);
  }

  /**
   * Makes a reader of a pipeline known in the transaction of its deployment.
   *
   * @param follows whether it reads only once what the pipeline reads now is drained
   */
  public void deployed(
      Connection db, String pipeline, String table, ReadsHistory reader, boolean follows)
      throws SQLException {
    channels.register(
        db,
        HistoryLog.CHANNEL,
        new StoredChannels.Reader(
            pipeline,
            table,
            Optional.of(String.join(SEPARATOR, reader.variableNames()))
                .filter(names -> !names.isEmpty())),
        follows);
  }

  /** A reader's deployment has been committed on this node. */
  public void announce(ReadsHistory reader) {
    Set<String> all = new HashSet<>(variables);
    all.addAll(reader.variableNames());
    variables = Set.copyOf(all);
    any = true;
  }

  /** Looks who is deployed. Must not be called inside a transaction of the engine. */
  public void refresh() throws SQLException {
    List<StoredChannels.Reader> readers = channels.readers(HistoryLog.CHANNEL);
    variables =
        readers.stream()
            .flatMap(reader -> reader.details().stream())
            .flatMap(names -> Arrays.stream(names.split(SEPARATOR)))
            .collect(Collectors.toUnmodifiableSet());
    any = !readers.isEmpty();
  }

  @Override
  public void run() {
    try {
      refresh();
    } catch (SQLException | RuntimeException e) {
      LOG.warn("who reads history is not known anew: {}", e.toString());
    }
  }
}
